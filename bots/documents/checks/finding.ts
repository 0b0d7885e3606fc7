import type { Finding } from '../../../core/model/invoice.ts';

type Values = Record<string, string | undefined>;

/** A finding that keeps an invoice from being booked until a person has decided. */
export function blocking(rule: string, field: string, values: Values = {}): Finding {
  return { rule, blocking: true, field, values: present(values) };
}

/** A finding that a person should know of. */
export function note(rule: string, field: string, values: Values = {}): Finding {
  return { rule, blocking: false, field, values: present(values) };
}

function present(values: Values): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
