import { createHash, randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { SignIns } from '../../../store/sign-ins.ts';
import type { Env } from '../../site/context.ts';
import type { Tokens } from '../../site/tokens.ts';
import type { FindPerson, Person } from '../../people/members.ts';

/** A working day with its evening: after it, people sign in again. */
export const SESSION_MS = 12 * 60 * 60 * 1000;
/** 256 bits cannot be guessed. */
const ID_BYTES = 32;
const COOKIE = 'zaplecze';
const SESSION = 'session';
const CSRF = 'csrf';

/** A person with their session. `session` is its name in the store, not what the cookie carries. */
export type SignedIn = Person & { session: string };

export type Sessions = {
  /** Who sends the request, as long as their session and their rights last. */
  current(c: Context<Env>): Promise<SignedIn | undefined>;
  start(c: Context<Env>, email: string): Promise<void>;
  end(c: Context<Env>, session: string): Promise<void>;
  /** Token that every form of a session carries. */
  csrf(session: string): string;
  isCsrf(session: string, token: unknown): boolean;
};

export type SessionParts = {
  signIns: Pick<SignIns, 'openSession' | 'personOf' | 'endSession'>;
  tokens: Pick<Tokens, 'seal' | 'open'>;
  find: FindPerson;
  publicUrl: string;
  clock: () => Date;
};

/**
 * Sessions as signed cookies over an entry in the store, so that signing out ends them also where the cookie was copied.
 * SameSite=Lax: links in mails find people signed in, while forms of other sites bring no cookie.
 */
export function createSessions({ signIns, tokens, find, publicUrl, clock }: SessionParts): Sessions {
  const secure = new URL(publicUrl).protocol === 'https:';
  const cookie = {
    path: '/',
    secure,
    httpOnly: true,
    sameSite: 'Lax',
    ...(secure ? { prefix: 'host' as const } : {}),
  } as const;
  return {
    async current(c) {
      const id = tokens.open(SESSION, getCookie(c, COOKIE, secure ? 'host' : undefined) ?? '');
      if (id === undefined) return undefined;
      const session = nameOf(id);
      const email = await signIns.personOf(session, clock());
      const person = email === undefined ? undefined : await find(email);
      return person && { ...person, session };
    },
    async start(c, email) {
      const id = randomBytes(ID_BYTES).toString('base64url');
      const expiresAt = new Date(clock().getTime() + SESSION_MS);
      await signIns.openSession({ id: nameOf(id), email, expiresAt }, clock());
      setCookie(c, COOKIE, tokens.seal(SESSION, id), { ...cookie, maxAge: SESSION_MS / 1000 });
    },
    async end(c, session) {
      await signIns.endSession(session, clock());
      deleteCookie(c, COOKIE, cookie);
    },
    csrf: (session) => tokens.seal(CSRF, session),
    isCsrf: (session, token) => typeof token === 'string' && tokens.open(CSRF, token) === session,
  };
}

/** The store keeps the hash: whoever reads it has no session. */
function nameOf(id: string): string {
  return createHash('sha256').update(id).digest('base64url');
}
