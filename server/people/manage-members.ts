import { z } from 'zod';
import { Role } from '../../core/model/access.ts';
import { Language } from '../../core/settings/settings.ts';
import { handOnSeats, type LeaveParts, type Left } from './leave.ts';
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

type Parts = {
  store: Pick<Store, 'users' | 'signIns' | 'audit' | 'apiTokens' | 'approvals' | 'substitutes' | 'tasks'>;
  now: Date;
};

/** Adds a person or changes what they may do. False where the only administrator would cease to be one. */
export async function saveUser({ store, now }: Parts, actor: string, entry: UserEntry): Promise<boolean> {
  if (!entry.roles.includes('admin') && (await isLastAdmin(store, entry.email))) return false;
  await store.users.save(entry, now);
  await store.audit.append({ actor, action: 'user.saved', details: entry });
  return true;
}

/** What ended with the rights of a person. */
export type Removed = Left & { tokens: number };

/**
 * Takes all rights away: sessions and API tokens end, links count no more, and open seats go to whoever stands in. `last`:
 * nobody else could give rights any more.
 */
export async function removeUser(
  { store, now, ...parts }: Parts & Omit<LeaveParts, 'store' | 'now'>,
  actor: string,
  email: string,
): Promise<Removed | 'unknown' | 'last'> {
  if (await isLastAdmin(store, email)) return 'last';
  const person = await parts.find(email);
  if (!person) return 'unknown';
  const left = await handOnSeats({ store, now, ...parts }, email);
  // Someone whom the settings alone know has no entry yet that could say that they left.
  const { name, language, roles } = person;
  if (!(await store.users.find(email))) await store.users.save({ email, name, language, roles: [...roles] }, now);
  if (!(await store.users.remove(email, now))) return 'unknown';
  await store.signIns.endSessionsOf(email, now);
  const tokens = await store.apiTokens.revokeOf(email, now);
  const details = { email: email.toLowerCase(), tokens, ...left };
  await store.audit.append({ actor, action: 'user.removed', details });
  return { ...left, tokens };
}

async function isLastAdmin({ users }: Parts['store'], email: string): Promise<boolean> {
  const admins = (await users.list()).filter((user) => user.removed_at === null && user.roles.includes('admin'));
  return admins.length === 1 && admins[0]?.email === email.toLowerCase();
}
