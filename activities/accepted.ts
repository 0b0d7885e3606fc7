import type { Finding } from '../core/model/invoice.ts';

/** Findings that a person has seen, and who that was. */
export type Seen = { by: string; findings: readonly Finding[] };

/**
 * Rules that the invoice's own values answer: once they are corrected, the finding is gone; while they are not, nobody
 * can let it stand.
 */
const BY_VALUES = /^(arithmetic|credit|id|date|missing)\./;
/** Rules that are asked again of the corrected invoice: what they found before does not count any more. */
const ASKED_AGAIN = /^(duplicate|supplier)\./;

/**
 * Findings of a check after a person has looked: those found again, then those that only the document or its way here
 * could show, which go along to everyone who decides later. What the person let stand blocks no more, and says by whom.
 */
export function afterPerson(found: readonly Finding[], seen: Seen | undefined): Finding[] {
  if (!seen) return [...found];
  const isSame = (one: Finding, other: Finding): boolean =>
    one.rule === other.rule &&
    one.field === other.field &&
    JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
  const accepted = (finding: Finding): Finding => ({
    ...finding,
    blocking: false,
    acceptedBy: finding.acceptedBy ?? seen.by,
  });
  const again = found.map((finding) => {
    const before = seen.findings.find((other) => isSame(finding, other));
    return before && !BY_VALUES.test(finding.rule) && finding.rule !== 'duplicate.seen'
      ? accepted({ ...finding, acceptedBy: before.acceptedBy })
      : finding;
  });
  const alone = seen.findings.filter(
    (finding) =>
      !BY_VALUES.test(finding.rule) &&
      !ASKED_AGAIN.test(finding.rule) &&
      !found.some((other) => isSame(finding, other)),
  );
  return [...again, ...alone.map(accepted)];
}

const sorted = ({ values }: Finding) => Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
