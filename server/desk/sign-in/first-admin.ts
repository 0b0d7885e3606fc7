import type { Users } from '../../../store/users.ts';
import type { Tokens } from '../../site/tokens.ts';

const PURPOSE = 'first administrator';
/** Whoever installs opens it at once; a link found in an old log is of no use. */
const LIFETIME_MS = 24 * 60 * 60 * 1000;

/**
 * Path of the page on which whoever starts the installation makes themselves its administrator, to be printed where
 * only they see it. Undefined once there is an administrator: there is never a default password.
 */
export async function firstAdminPath(
  users: Pick<Users, 'hasAdmin'>,
  tokens: Pick<Tokens, 'seal'>,
  now: Date,
): Promise<string | undefined> {
  if (await users.hasAdmin()) return undefined;
  return `/first/${tokens.seal(PURPOSE, new Date(now.getTime() + LIFETIME_MS).toISOString())}`;
}

/** True for a link of ours that has not expired. Whether there is an administrator already is asked elsewhere. */
export function isFirstAdminLink(tokens: Pick<Tokens, 'open'>, token: string, now: Date): boolean {
  const expires = tokens.open(PURPOSE, token);
  return expires !== undefined && now < new Date(expires);
}
