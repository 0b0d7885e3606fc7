import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Scope } from '../../core/model/access.ts';
import { applicationException } from '../../core/model/problem.ts';
import type { ApiTokens } from '../../store/api-tokens.ts';
import type { Caller } from './operation.ts';

/** 256 bits cannot be guessed; the prefix tells scanners for leaked secrets what it is. */
const TOKEN_BYTES = 32;
const PREFIX = 'zpl_';
const LOCAL: Caller = { token: 'local', actor: 'bot:cli', person: undefined, scopes: ['admin'] };

/** A fresh token, shown once, and what the store keeps of it. */
export function newToken(): { token: string; id: string; hash: string } {
  const token = PREFIX + randomBytes(TOKEN_BYTES).toString('base64url');
  return { token, id: randomBytes(6).toString('hex'), hash: hashOf(token) };
}

/**
 * Finds who calls by the header `Authorization`. `local`: the token in the state folder, with which the command line on
 * the same machine may do everything.
 */
export function createCallers(tokens: Pick<ApiTokens, 'find'>, local: string, clock: () => Date) {
  const wanted = Buffer.from(hashOf(local));
  return async (authorization: string | undefined): Promise<Caller> => {
    const [, token] = /^Bearer ([\w.~+/=-]{1,500})$/i.exec(authorization ?? '') ?? [];
    if (token === undefined) throw applicationException('authentication', 'a bearer token is needed');
    const hash = hashOf(token);
    if (timingSafeEqual(Buffer.from(hash), wanted)) return LOCAL;
    const found = await tokens.find(hash, clock());
    if (!found) throw applicationException('authentication', 'this token is not valid, or no longer valid');
    const person = found.person ?? undefined;
    // The scopes were checked when the token was made.
    const scopes = found.scopes as Scope[];
    return { token: found.id, actor: person ?? `token:${found.name}`, person, scopes };
  };
}

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
