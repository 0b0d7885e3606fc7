import { z } from 'zod';
import { Role } from '../../core/model/access.ts';
import { Language } from '../../core/settings/settings.ts';
import type { Store } from '../../store/index.ts';

/** No name of a person is longer. */
const MAX_NAME = 100;

/** A person as an administrator enters them. */
export const UserEntry = z.strictObject({
  email: z.email().transform((email) => email.toLowerCase()),
  name: z.string().trim().min(1).max(MAX_NAME),
  language: Language.default('en'),
  roles: z.array(Role).min(1),
  departments: z
    .array(z.string().regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, 'a department is the namespace of its definitions'))
    .min(1)
    .optional()
    .describe('Departments that the role author is for; without it, all'),
});
export type UserEntry = z.infer<typeof UserEntry>;

type Parts = { store: Pick<Store, 'users' | 'signIns' | 'audit'>; now: Date };

/** Adds a person or changes what they may do. False where the only administrator would cease to be one. */
export async function saveUser({ store, now }: Parts, actor: string, entry: UserEntry): Promise<boolean> {
  if (!entry.roles.includes('admin') && (await isLastAdmin(store, entry.email))) return false;
  await store.users.save(entry, now);
  await store.audit.append({ actor, action: 'user.saved', details: entry });
  return true;
}

/** Takes all rights away and ends all sessions. `last`: nobody else could give rights any more. */
export async function removeUser(
  { store, now }: Parts,
  actor: string,
  email: string,
): Promise<'removed' | 'unknown' | 'last'> {
  if (await isLastAdmin(store, email)) return 'last';
  if (!(await store.users.remove(email, now))) return 'unknown';
  await store.signIns.endSessionsOf(email, now);
  await store.audit.append({ actor, action: 'user.removed', details: { email: email.toLowerCase() } });
  return 'removed';
}

async function isLastAdmin({ users }: Parts['store'], email: string): Promise<boolean> {
  const admins = (await users.list()).filter((user) => user.removed_at === null && user.roles.includes('admin'));
  return admins.length === 1 && admins[0]?.email === email.toLowerCase();
}
