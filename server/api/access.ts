import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Scope } from '../../core/model/access.ts';
import { applicationException } from '../../core/model/problem.ts';
import type { ApiTokens } from '../../store/api-tokens.ts';
import type { FindPerson } from '../people/members.ts';
import type { Caller } from './operation.ts';

/** 256 bits cannot be guessed; the prefix tells scanners for leaked secrets what it is. */
const TOKEN_BYTES = 32;
const PREFIX = 'zpl_';
/** Name of the token of the command line on the same machine. */
export const LOCAL_TOKEN_ID = 'local';
const LOCAL: Caller = { token: LOCAL_TOKEN_ID, actor: 'bot:cli', person: undefined, scopes: ['admin'] };

/** A fresh token, shown once, and what the store keeps of it. */
export function newToken(): { token: string; id: string; hash: string } {
  const token = PREFIX + randomBytes(TOKEN_BYTES).toString('base64url');
  return { token, id: randomBytes(6).toString('hex'), hash: hashOf(token) };
}

type CallerParts = {
  tokens: Pick<ApiTokens, 'find'>;
  /** Who a person is now: rights that were taken away end their tokens too. */
  find: FindPerson;
  local: string;
  clock: () => Date;
};

/**
 * Finds who calls by the header `Authorization`. `local`: the token in the state folder, with which the command line on
 * the same machine may do everything.
 */
export function createCallers({ tokens, find, local, clock }: CallerParts) {
  const wanted = Buffer.from(hashOf(local));
  return async (authorization: string | undefined): Promise<Caller> => {
    const [, token] = /^Bearer ([\w.~+/=-]{1,500})$/i.exec(authorization ?? '') ?? [];
    if (token === undefined) throw applicationException('authentication', 'a bearer token is needed');
    const hash = hashOf(token);
    if (timingSafeEqual(Buffer.from(hash), wanted)) return LOCAL;
    const found = await tokens.find(hash, clock());
    const holder = found?.person ? await find(found.person) : undefined;
    // Whoever was removed acts no more, by no token.
    if (!found || (found.person !== null && !holder)) {
      throw applicationException('authentication', 'this token is not valid, or no longer valid');
    }
    const person = holder?.email;
    // The scopes were checked when the token was made.
    const scopes = found.scopes as Scope[];
    const departments = both(holder?.departments, found.departments ?? undefined);
    return { token: found.id, actor: person ?? `token:${found.name}`, person, scopes, departments };
  };
}

type Departments = readonly string[] | undefined;

/** What both allow; undefined allows all. */
const both = (a: Departments, b: Departments): Departments => (a && b ? a.filter((one) => b.includes(one)) : (a ?? b));

export function requireScope({ scopes }: Caller, scope: Scope): void {
  if (scopes.includes(scope) || scopes.includes('admin')) return;
  throw applicationException('authorization', `this token lacks the scope ${scope}`);
}

/** The person behind a token. Without one there are no tasks to see. */
export function requirePerson({ person }: Caller): string {
  if (person !== undefined) return person;
  throw applicationException(
    'authorization',
    'this token does not act for a person. To fix: zaplecze tokens add --person EMAIL',
  );
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
