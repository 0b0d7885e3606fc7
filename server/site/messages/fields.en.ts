/** Words around fields that people fill in. */
export const fieldsEn = {
  optional: '(optional)',
  yes: 'Yes',
  no: 'No',
  from: 'First day',
  to: 'Last day',
  currency: 'Currency',
  choose: 'Please choose',
  moreRows: 'More rows',
  row: (n: number) => `Row ${n}`,
  takeOut: (name: string) => `Remove ${name}`,
  onlyIf: (field: string, values: string) => `Only if ${field}: ${values}`,
};
export type FieldsMessages = typeof fieldsEn;
