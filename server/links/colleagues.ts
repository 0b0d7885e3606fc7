import type { Settings } from '../../core/settings/settings.ts';
import type { Store } from '../../store/index.ts';
import type { Visit } from './request-state.ts';
import { personOf } from '../site/tokens.ts';
import { sameAddress } from '../../core/model/mail-address.ts';

/** Someone whom an approver can choose. */
export type Known = { name: string; email: string };

type Parts = { store: Pick<Store, 'users'>; settings: Settings };

/** Everyone whom the settings or the sign-in know, but the visitor; by name. Whoever was removed is not among them. */
export async function knownPeople({ store, settings }: Parts, visit: Visit): Promise<Known[]> {
  const users = await store.users.list();
  const removed = new Set(users.filter((user) => user.removed_at !== null).map(({ email }) => email));
  const all = [
    ...users.map(({ name, email }) => ({ name, email })),
    ...settings.people.map(({ name, email }) => ({ name, email })),
    ...Object.values(settings.roles).flatMap((emails) => emails.map((email) => ({ name: email, email }))),
    ...visit.dossier.approval.barred.map((email) => ({ name: email, email })),
  ];
  const known = new Map<string, Known>();
  for (const person of all) {
    const key = person.email.toLowerCase();
    if (!known.has(key) && !removed.has(key) && !sameAddress(key, visit.person.approver)) known.set(key, person);
  }
  return [...known.values()].sort((a, b) => a.name.localeCompare(b.name, 'pl'));
}

/** The chosen person, where the visitor may choose them: somebody known, or an address of an allowed domain. */
export function choosePerson(text: string, known: readonly Known[], settings: Settings): string | undefined {
  const email = text.trim().toLowerCase();
  const found = known.find((person) => sameAddress(person.email, email));
  if (found) return found.email;
  const domain = /^[^\s@]+@([^\s@]+)$/.exec(email)?.[1];
  return domain !== undefined && settings.approvals.domains.includes(domain) ? email : undefined;
}

/** True for a substitute whom the trail names last as having left: the owner of the place is back. */
function hasLeft({ trail }: Visit['dossier'], round: number, email: string): boolean {
  const last = trail.findLast(
    (row) =>
      (row.kind === 'substituted' || row.kind === 'returned') &&
      row.round === round &&
      row.to !== null &&
      sameAddress(row.to, email),
  );
  return last?.kind === 'returned';
}

/**
 * False for someone who was asked as a member of a role and is none any more, or whose rights were taken away. Whoever
 * stands in for somebody (until they are back), got it handed over or was named by address stays.
 */
export async function stillApprover({ store, settings }: Parts, { dossier, link, person }: Visit): Promise<boolean> {
  const user = await store.users.find(person.approver);
  if (user && user.removed_at !== null) return false;
  if (person.because === 'substitute' && hasLeft(dossier, link.round, person.approver)) return false;
  const from = dossier.approval.rounds.find(({ round }) => round === link.round)?.from;
  if (person.because !== 'asked' || from === undefined) return true;
  return from.some((name) =>
    name.includes('@')
      ? sameAddress(name, person.approver)
      : (settings.roles[name] ?? []).some((email) => personOf(email) === link.person),
  );
}
