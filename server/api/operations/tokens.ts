import { z } from 'zod';
import { Scope } from '../../../core/model/access.ts';
import { newToken } from '../access.ts';
import type { ApiParts } from '../parts.ts';
import { type AnyOperation, operation } from '../operation.ts';
import { notFound, unprocessable } from '../problems.ts';

/** A name that tells an administrator which program it is. */
const MAX_NAME = 100;
const MAX_DAYS = 3650;
const DAY_MS = 24 * 60 * 60 * 1000;

const NewToken = z.strictObject({
  name: z.string().trim().min(1).max(MAX_NAME),
  scopes: z.array(Scope).min(1),
  departments: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('Departments whose definitions it may deploy and start'),
  person: z.email().optional().describe('Whose tasks the token may see and decide'),
  days: z.number().int().min(1).max(MAX_DAYS).optional().describe('Days it is valid; by default, until it is revoked'),
});
const Token = z.object({
  id: z.string(),
  name: z.string(),
  person: z.string().nullable(),
  scopes: z.array(Scope),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  revoked: z.boolean(),
});

/** Tokens of programs. */
export function tokenOperations({ store, site, find }: ApiParts): AnyOperation[] {
  return [
    operation({
      method: 'get',
      path: '/tokens',
      id: 'listTokens',
      summary: 'Tokens, without their secrets',
      scope: 'admin',
      answer: z.array(Token),
      async handle() {
        const tokens = await store.apiTokens.list();
        return tokens.map((token) => ({
          ...{ id: token.id, name: token.name, person: token.person, scopes: token.scopes as Scope[] },
          createdBy: token.created_by,
          createdAt: token.created_at.toISOString(),
          expiresAt: token.expires_at?.toISOString() ?? null,
          revoked: token.revoked_at !== null,
        }));
      },
    }),
    operation({
      method: 'post',
      path: '/tokens',
      id: 'addToken',
      summary: 'Creates a token. It is shown in this response and never again',
      scope: 'admin',
      body: NewToken,
      answer: z.object({ id: z.string(), token: z.string() }),
      problems: [422],
      async handle({ body }, { actor }) {
        const { name, scopes, departments, person, days } = body;
        const known = person === undefined ? undefined : await find(person);
        if (person !== undefined && !known) throw unprocessable(`${person} may not use this installation`);
        const now = site.clock();
        const { id, token, hash } = newToken();
        const expiresAt = days === undefined ? undefined : new Date(now.getTime() + days * DAY_MS);
        await store.apiTokens.add(
          { id, name, person: known?.email, hash, scopes, departments, by: actor, expiresAt },
          now,
        );
        await store.audit.append({ actor, action: 'token.added', details: { id, ...body } });
        return { id, token };
      },
    }),
    operation({
      method: 'delete',
      path: '/tokens/{id}',
      id: 'revokeToken',
      summary: 'Revokes a token',
      scope: 'admin',
      params: z.object({ id: z.string().regex(/^[0-9a-f]{1,32}$/) }),
      answer: z.object({ ok: z.literal(true) }),
      problems: [404],
      async handle({ params }, { actor }) {
        if (!(await store.apiTokens.revoke(params.id, site.clock()))) throw notFound('there is no such token');
        await store.audit.append({ actor, action: 'token.revoked', details: { id: params.id } });
        return { ok: true as const };
      },
    }),
  ];
}
