import type { Supplier } from './model.ts';

/** By a part of the name, or by the VAT id with or without country letters, blanks and dashes. */
export function findSuppliers(suppliers: readonly Supplier[], query: string): Supplier[] {
  const key = vatKey(query);
  return suppliers.filter((one) => contains(one.name, query) || (key.length > 3 && vatKey(one.vatId) === key));
}

/** VAT id for comparing: no blanks or dashes, no country letters of Poland. */
export const vatKey = (text: string): string => text.replaceAll(/[\s-]/g, '').toUpperCase().replace(/^PL/, '');

/** True where `text` contains `part`, whatever the case. */
export function contains(text: string, part: string): boolean {
  return text.toLocaleLowerCase('pl').includes(part.trim().toLocaleLowerCase('pl'));
}
