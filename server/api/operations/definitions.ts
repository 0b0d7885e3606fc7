import { z } from 'zod';
import { lifecycleOf } from '../../../core/model/lifecycle.ts';
import { deploy, type DeployDependencies, DeployRequest, requireDepartment } from '../../runs/deploy.ts';
import { confirmProposal, rejectProposal } from '../../runs/proposals.ts';
import { undeploy } from '../../runs/undeploy.ts';
import { LOCAL_TOKEN_ID } from '../access.ts';
import { migrate, MigrateOrder } from '../../runs/migrate.ts';
import type { ApiParts } from '../parts.ts';
import { type AnyOperation, type Caller, operation } from '../operation.ts';

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
const Proposal = z.object({
  id: z.string(),
  ...{ namespace: z.string(), name: z.string(), version: z.string(), hash: z.string() },
  proposedBy: z.string(),
  proposedAt: z.iso.datetime(),
});
const DeployAnswer = z.union([
  z.object({
    ok: z.literal(true),
    proposal: z.string().describe('Somebody else has to confirm this: nothing is deployed yet'),
    ...{ namespace: z.string(), name: z.string(), version: z.string(), hash: z.string() },
    findings: z.array(Finding),
  }),
  z.object({
    ok: z.literal(true),
    hash: z.string(),
    changed: z.boolean().describe('False if the same content was already deployed'),
    namespace: z.string(),
    name: z.string(),
    version: z.string(),
    findings: z.array(Finding),
    running: z.record(z.string(), z.number().int()).describe('Runs in progress, by version'),
    previous: z
      .object({ version: z.string(), changes: z.array(Change) })
      .optional()
      .describe('The version that was the newest until now, and what has changed since'),
  }),
  z.object({ ok: z.literal(false), findings: z.array(Finding) }),
]);

const ProposalId = z.object({ id: z.string().regex(/^[0-9a-f]{1,32}$/) });

/** Definitions: what is deployed, and deploying. */
export function definitionOperations({ store, client, site, searchAttributes }: ApiParts): AnyOperation[] {
  const { settings } = site;
  const options = { searchAttributes, ...lifecycleOf(settings) };
  const { fourEyes } = settings.deploying;
  const parts = ({ actor, departments, token }: Caller): DeployDependencies => ({
    ...{ store, client, timeZone: settings.timeZone, names: settings, options, fourEyes, actor, departments },
    // Whoever has the state folder of the machine has everything: four eyes would see nothing there.
    proposes: token !== LOCAL_TOKEN_ID,
  });
  return [
    operation({
      method: 'get',
      path: '/definitions',
      id: 'listDefinitions',
      summary: 'The latest deployed version of each definition',
      scope: 'definitions:read',
      answer: z.array(Definition),
      handle: () => store.definitions.current(),
    }),
    operation({
      method: 'post',
      path: '/definitions',
      id: 'deployDefinition',
      summary: 'Checks a definition and makes it an immutable version; if any finding is an error, nothing is deployed',
      scope: 'definitions:write',
      body: DeployRequest,
      answer: DeployAnswer,
      handle: ({ body }, caller) => deploy(parts(caller), body),
    }),
    operation({
      method: 'delete',
      path: '/definitions/{namespace}/{name}',
      id: 'undeployDefinition',
      summary: 'Takes a definition out of use; runs in progress keep their version',
      scope: 'definitions:write',
      params: z.object({ namespace: z.string().min(1), name: z.string().min(1) }),
      answer: z.object({ version: z.string() }),
      problems: [404],
      handle: ({ params: { namespace, name } }, caller) => undeploy(parts(caller), namespace, name),
    }),
    operation({
      method: 'get',
      path: '/proposals',
      id: 'listProposals',
      summary: 'Definitions that wait for a second person',
      scope: 'definitions:read',
      answer: z.array(Proposal),
      handle: () => store.proposals.open(),
    }),
    operation({
      method: 'post',
      path: '/proposals/{id}/confirm',
      id: 'confirmProposal',
      summary: 'Deploys what somebody else has proposed',
      scope: 'definitions:write',
      params: ProposalId,
      answer: DeployAnswer,
      problems: [404],
      handle: ({ params }, caller) => confirmProposal(parts(caller), params.id),
    }),
    operation({
      method: 'post',
      path: '/proposals/{id}/reject',
      id: 'rejectProposal',
      summary: 'Rejects a proposal',
      scope: 'definitions:write',
      params: ProposalId,
      answer: z.object({ ok: z.literal(true) }),
      problems: [404],
      async handle({ params }, caller) {
        await rejectProposal(parts(caller), params.id);
        return { ok: true as const };
      },
    }),
    operation({
      method: 'post',
      path: '/definitions/{namespace}/{name}/migrate',
      id: 'migrateRuns',
      summary: 'Moves runs of a definition to another version of it; each run decides whether it can move',
      scope: 'runs:operate',
      params: z.object({ namespace: z.string().min(1), name: z.string().min(1) }),
      body: MigrateOrder,
      answer: Migrated,
      problems: [404],
      async handle({ params, body }, caller) {
        await requireDepartment({ store, ...caller }, params.namespace);
        return migrate({ client, store }, caller.actor, params, body);
      },
    }),
  ];
}
