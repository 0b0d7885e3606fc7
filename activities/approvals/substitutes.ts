import type { FindSubstitutes, FoundSubstitutes } from '../../core/model/approval-plan.ts';
import type { ApprovalDeps } from './deps.ts';

/** A substitute may be away too, and so on; after this many the place stays with its owner. */
const LONGEST_CHAIN = 5;

/** Who stands in today (in the company's zone) for whom. Nobody who may not decide, and nobody who is away as well. */
export async function findSubstitutes(
  { store, settings }: ApprovalDeps,
  { approvers, not }: FindSubstitutes,
  now: Date,
): Promise<FoundSubstitutes> {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: settings.timeZone, dateStyle: 'short' }).format(now);
  const gone = await store.users.removed();
  const out = new Set([...not, ...gone].map((email) => email.toLowerCase()));
  const substitutes: FoundSubstitutes['substitutes'] = [];
  for (const person of approvers) {
    const seen = new Set([person.toLowerCase()]);
    const absence = await absenceOf(person);
    let next = absence?.substitute;
    for (let i = 0; i < LONGEST_CHAIN && next !== undefined && !seen.has(next); i += 1) {
      seen.add(next);
      const further = await absenceOf(next);
      if (further === undefined) break;
      next = further.substitute;
    }
    if (absence && next !== undefined && next !== person.toLowerCase() && !out.has(next)) {
      substitutes.push({ person, substitute: next, until: absence.to });
    }
  }
  return { substitutes };

  async function absenceOf(person: string) {
    return (await store.substitutes.of(person, day)).find(({ from }) => from <= day);
  }
}
