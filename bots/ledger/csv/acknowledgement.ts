import type { Claim } from './claims.ts';

/** What a target says about one posting of a file. */
export type Answer = { record: string } | { code: string; detail: string };

/** Codes of business exceptions that a target, or the script before it, may name. */
const KNOWN = new Set([
  'unknown-supplier',
  'unknown-account',
  'closed-period',
  'unbalanced',
  'unknown-vat-rate',
  'unknown-currency',
]);

/**
 * Reads the target's answer to a file: lines of `reference;record` where it took them, lines of
 * `reference;code;words` where it did not. An acknowledgement without a line of the posting says that the file as a whole
 * was taken, a refusal without one that the file as a whole was not. Undefined: no answer yet.
 */
export function acknowledgementOf(claim: Claim, acknowledged?: string, refused?: string): Answer | undefined {
  const refusal = refused === undefined ? undefined : lineOf(refused, claim.reference);
  if (refusal) return refusalOf(claim, refusal);
  if (acknowledged !== undefined) {
    const [, record] = lineOf(acknowledged, claim.reference) ?? [];
    return { record: record || claim.batch.replace(/\.csv$/, '') };
  }
  return refused === undefined ? undefined : refusalOf(claim, ['', '', refused.trim().slice(0, 500)]);
}

function lineOf(text: string, reference: string): string[] | undefined {
  return text
    .split(/\r?\n/)
    .map((line) => line.split(';').map((cell) => cell.trim()))
    .find(([first]) => first === reference);
}

function refusalOf({ batch }: Claim, [, code = '', ...words]: string[]): Answer {
  const detail = `the target refused ${batch}: ${words.join(';') || code || 'it gives no reason'}`;
  return { code: KNOWN.has(code) ? code : 'refused-by-target', detail };
}
