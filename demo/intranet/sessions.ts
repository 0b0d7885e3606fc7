import { randomBytes, timingSafeEqual } from 'node:crypto';

export const SESSION_COOKIE = 'ASPSESSIONID';

/** Sessions in memory, as in the original: a restart of the server logs everybody out. */
export type Sessions = {
  /** Id of a new session, or undefined where user or password is wrong. */
  login(user: string, password: string): string | undefined;
  /** User of a session that is alive; counts as activity. */
  touch(id: string | undefined): string | undefined;
  logout(id: string | undefined): void;
  /** Ends every session at once, as if all had been idle too long. */
  expireAll(): void;
};

/** `minutes` is how long a session lives without a request; may be a fraction. */
export function createSessions(
  credentials: { user: string; password: string },
  minutes: number,
  now: () => number,
): Sessions {
  const alive = new Map<string, { user: string; seen: number }>();
  return {
    login(user, password) {
      if (!same(user, credentials.user) || !same(password, credentials.password)) return undefined;
      const id = randomBytes(16).toString('hex').toUpperCase();
      alive.set(id, { user, seen: now() });
      return id;
    },
    touch(id) {
      const session = id === undefined ? undefined : alive.get(id);
      if (id === undefined || session === undefined) return undefined;
      if (now() - session.seen > minutes * 60_000) {
        alive.delete(id);
        return undefined;
      }
      session.seen = now();
      return session.user;
    },
    logout(id) {
      if (id !== undefined) alive.delete(id);
    },
    expireAll: () => alive.clear(),
  };
}

function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
