import { z } from 'zod';
import { lifecycleOf } from '../../../core/model/lifecycle.ts';
import { deploy, DeployRequest } from '../../runs/deploy.ts';
import { migrate, MigrateOrder } from '../../runs/migrate.ts';
import type { ApiParts } from '../parts.ts';
import { type AnyOperation, operation } from '../operation.ts';

const Definition = z.object({
  namespace: z.string(),
  name: z.string(),
  version: z.string(),
  hash: z.string(),
  deployedAt: z.iso.datetime(),
});
const Finding = z.object({
  file: z.string(),
  line: z.number().int(),
  column: z.number().int(),
  severity: z.enum(['error', 'warning']),
  rule: z.string(),
  message: z.string(),
  hint: z.string().optional(),
  path: z.string(),
});
const Change = z.object({ change: z.enum(['added', 'removed', 'changed', 'moved']), what: z.string() });
const Migrated = z.object({
  version: z.string(),
  moved: z.array(z.string()),
  refused: z.array(z.object({ run: z.string(), why: z.string() })),
});
const DeployAnswer = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    hash: z.string(),
    changed: z.boolean().describe('False where the same content was deployed already'),
    namespace: z.string(),
    name: z.string(),
    version: z.string(),
    findings: z.array(Finding),
    running: z.record(z.string(), z.number().int()).describe('Runs in progress, by version'),
    previous: z
      .object({ version: z.string(), changes: z.array(Change) })
      .optional()
      .describe('The version that was the newest before, and what is different now'),
  }),
  z.object({ ok: z.literal(false), findings: z.array(Finding) }),
]);

/** Definitions: what is deployed, and deploying. */
export function definitionOperations({ store, client, site, searchAttributes }: ApiParts): AnyOperation[] {
  const { settings } = site;
  const options = { searchAttributes, ...lifecycleOf(settings) };
  const parts = { store, client, timeZone: settings.timeZone, names: settings, options };
  return [
    operation({
      method: 'get',
      path: '/definitions',
      id: 'listDefinitions',
      summary: 'The version deployed last of each definition',
      scope: 'definitions:read',
      answer: z.array(Definition),
      handle: () => store.definitions.current(),
    }),
    operation({
      method: 'post',
      path: '/definitions',
      id: 'deployDefinition',
      summary:
        'Checks a definition and makes it an immutable version; with findings that are errors, nothing is deployed',
      scope: 'definitions:write',
      body: DeployRequest,
      answer: DeployAnswer,
      handle: ({ body }, { actor }) => deploy({ ...parts, actor }, body),
    }),
    operation({
      method: 'post',
      path: '/definitions/{namespace}/{name}/migrate',
      id: 'migrateRuns',
      summary: 'Moves runs of a definition to another version of it; each run judges itself whether it can',
      scope: 'runs:operate',
      params: z.object({ namespace: z.string().min(1), name: z.string().min(1) }),
      body: MigrateOrder,
      answer: Migrated,
      problems: [404],
      handle: ({ params, body }, { actor }) => migrate({ client, store }, actor, params, body),
    }),
  ];
}
