import type { FieldsMessages } from './fields.en.ts';

export const fieldsPl: FieldsMessages = {
  optional: '(nieobowiązkowe)',
  yes: 'Tak',
  no: 'Nie',
  from: 'Pierwszy dzień',
  to: 'Ostatni dzień',
  currency: 'Waluta',
  choose: 'Wybierz',
  moreRows: 'Więcej wierszy',
  row: (n) => `Wiersz ${n}`,
  takeOut: (name) => `Usuń ${name}`,
  onlyIf: (field, values) => `Tylko gdy ${field}: ${values}`,
};
