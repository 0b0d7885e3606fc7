import { may } from '../../people/members.ts';
import type { SignedIn } from '../sign-in/session.ts';
import type { Desk } from '../context.ts';

/** Names of those who may operate, by address. */
export async function operatorsOf(desk: Desk): Promise<ReadonlyMap<string, string>> {
  const users = await desk.store.users.list();
  const operators = users.filter((user) => user.removed_at === null && may(user, 'operator'));
  return new Map(operators.map(({ email, name }) => [email, name]));
}

/** Notes who takes care, with who said so. */
export async function assign(
  { store, site }: Desk,
  { email }: SignedIn,
  run: string,
  incident: string,
  assignee: string,
): Promise<void> {
  await store.audit.append({ actor: email, action: 'run.assigned', run, details: { incident, assignee } });
  await store.assignments.assign({ incident, run, assignee, by: email }, site.clock());
}
