import { z } from 'zod';
import { Role } from '../../../core/model/access.ts';
import { Language } from '../../../core/settings/settings.ts';
import { removeUser, saveUser, UserEntry } from '../../people/manage-members.ts';
import type { ApiParts } from '../parts.ts';
import { type AnyOperation, operation } from '../operation.ts';
import { conflict, notFound } from '../problems.ts';

const User = z.object({
  email: z.email(),
  name: z.string(),
  language: Language,
  roles: z.array(Role),
  departments: z.array(z.string()).nullable().describe('Departments to which the role author applies; null means all'),
  removed: z.boolean(),
});
const Done = z.object({ ok: z.literal(true) });

/** People with roles. */
export function peopleOperations({ store, site, find }: ApiParts): AnyOperation[] {
  const parts = () => ({ store, now: site.clock() });
  return [
    operation({
      method: 'get',
      path: '/users',
      id: 'listUsers',
      summary: 'People with roles',
      scope: 'admin',
      answer: z.array(User),
      async handle() {
        const users = await store.users.list();
        return users.map(({ removed_at, created_at: _created, ...user }) => ({
          ...user,
          removed: removed_at !== null,
        }));
      },
    }),
    operation({
      method: 'post',
      path: '/users',
      id: 'saveUser',
      summary: 'Adds a person, or changes what they may do',
      scope: 'admin',
      body: UserEntry,
      answer: Done,
      problems: [409],
      async handle({ body }, { actor }) {
        if (await saveUser(parts(), actor, body)) return { ok: true as const };
        throw conflict('this is the only administrator: make another one first');
      },
    }),
    operation({
      method: 'delete',
      path: '/users/{email}',
      id: 'removeUser',
      summary: 'Removes all rights of a person: sessions, tokens and links end; open approvals go to whoever stands in',
      scope: 'admin',
      params: z.object({ email: z.email() }),
      answer: Done.extend({
        tokens: z.number().int().describe('Number of tokens that were ended'),
        handedOn: z.array(z.object({ approval: z.string(), to: z.email() })),
        vacant: z
          .array(z.string())
          .describe('Approvals that nobody took over: they wait for others, or for their escalation'),
      }),
      problems: [404, 409],
      async handle({ params }, { actor }) {
        const { act, settings } = site;
        const result = await removeUser({ ...parts(), find, act, settings }, actor, params.email);
        if (result === 'last') throw conflict('this is the only administrator: make another one first');
        if (result === 'unknown') throw notFound(`${params.email} has no rights here`);
        return { ok: true as const, ...result };
      },
    }),
  ];
}
