import { DATE_LABELS } from './labels/dates.ts';
import type { LabelSet } from './labels/label-set.ts';
import { PARTY_LABELS } from './labels/parties.ts';
import { REFERENCE_LABELS } from './labels/references.ts';
import { TOTAL_LABELS } from './labels/totals.ts';

/** What fields are called on invoices in Polish, English, German, French, Dutch, Italian, Spanish and Portuguese. */
export const LABELS = { ...REFERENCE_LABELS, ...DATE_LABELS, ...TOTAL_LABELS, ...PARTY_LABELS } as const;

export type LabelField = keyof typeof LABELS;

/** Every field with its names. */
export const LABEL_SETS: readonly (readonly [LabelField, LabelSet])[] = Object.entries(LABELS).map(
  // Object.entries forgets that the keys are the fields.
  ([field, set]) => [field as LabelField, set],
);
