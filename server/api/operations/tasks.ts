import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { About } from '../../../core/model/about.ts';
import { ApprovalKind } from '../../../core/model/approval.ts';
import { ArtefactId } from '../../../core/model/artefact.ts';
import { applicationException } from '../../../core/model/problem.ts';
import { messages } from '../../site/messages/index.ts';
import { addSubstitute, SubstituteEntry } from '../../people/substitutes.ts';
import { refusalText } from '../../links/show-request.ts';
import { requirePerson } from '../access.ts';
import { Decision, decisionOf } from '../decision.ts';
import type { ApiParts } from '../parts.ts';
import { type AnyOperation, operation } from '../operation.ts';
import { conflict, notFound, unprocessable } from '../problems.ts';

const Task = z.object({
  approval: z.string(),
  round: z.number().int(),
  kind: ApprovalKind,
  about: About,
  askedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
const Substitute = z.object({ id: z.string(), substitute: z.email(), from: z.iso.date(), to: z.iso.date() });
/** Time for the decision to reach its run. */
const DECIDE_WITHIN_MS = 60_000;

/** Tasks waiting for the person of the token, and their decisions. */
export function taskOperations(parts: ApiParts): AnyOperation[] {
  const { store, site } = parts;
  return [
    operation({
      method: 'get',
      path: '/tasks',
      id: 'listTasks',
      summary: 'Tasks waiting for the person to whom the token belongs',
      scope: 'tasks:read',
      answer: z.array(Task),
      async handle(_request, caller) {
        const waiting = await store.tasks.waitingFor(requirePerson(caller));
        return waiting.map(({ created_at, expires_at, ...task }) => ({
          ...task,
          askedAt: created_at.toISOString(),
          expiresAt: expires_at.toISOString(),
        }));
      },
    }),
    operation({
      method: 'post',
      path: '/tasks/{approval}/decision',
      id: 'decideTask',
      summary: 'Decides one task. The run has the last word: a decision that comes too late is refused',
      scope: 'tasks:decide',
      params: z.object({ approval: z.string().min(1).max(200) }),
      body: Decision,
      answer: z.object({ ok: z.literal(true), recorded: z.boolean() }),
      problems: [404, 409, 422],
      async handle({ params, body }, caller) {
        const person = requirePerson(caller);
        const waiting = await store.tasks.waitingFor(person);
        const task = waiting.find(({ approval }) => approval === params.approval);
        const dossier = task && (await store.approvals.find(task.approval));
        if (!task || !dossier) throw notFound('no such task is waiting for you');
        const read = decisionOf(body, dossier.approval);
        if ('problem' in read) throw unprocessable(read.problem);
        const expiresAt = new Date(site.clock().getTime() + DECIDE_WITHIN_MS).toISOString();
        const { approval, round, approver } = task;
        const request = { approval, round, approver, ...read.decision, page: { expiresAt } };
        const verdict = await site.decide(dossier.approval.run, request, `${approval}/${round}/api-${randomUUID()}`);
        if (verdict.verdict === 'refused') throw conflict(refusalText({ text: messages.en }, verdict.refusal));
        if (verdict.verdict === 'unconfirmed') {
          throw applicationException('communication', 'the engine did not confirm the decision', {
            cause: verdict.cause,
          });
        }
        return { ok: true as const, recorded: verdict.verdict === 'recorded' };
      },
    }),
    operation({
      method: 'get',
      path: '/substitutes',
      id: 'listSubstitutes',
      summary: 'Current and future substitutes of the person to whom the token belongs',
      scope: 'tasks:read',
      answer: z.array(Substitute),
      handle: (_request, caller) =>
        store.substitutes.of(requirePerson(caller), site.clock().toISOString().slice(0, 10)),
    }),
    operation({
      method: 'post',
      path: '/substitutes',
      id: 'addSubstitute',
      summary: 'Names a substitute for a period, including its first and last day',
      scope: 'tasks:decide',
      body: SubstituteEntry,
      answer: z.object({ id: z.string() }),
      problems: [422],
      async handle({ body }, caller) {
        const person = requirePerson(caller);
        const id = await addSubstitute({ store, find: parts.find, now: site.clock() }, person, body);
        if (id === undefined) throw unprocessable('choose another person who may use the pages, and dates in order');
        return { id };
      },
    }),
    operation({
      method: 'get',
      path: '/artefacts/{id}',
      id: 'readArtefact',
      summary: 'The bytes of a stored file',
      scope: 'runs:read',
      params: z.object({ id: ArtefactId }),
      answer: { mediaType: 'application/octet-stream' },
      problems: [404],
      async handle({ params }, { actor }) {
        const file = await store.artefacts.get(params.id);
        await store.audit.append({ actor, action: 'artefact.viewed', details: { id: params.id, name: file.name } });
        return new Response(new Uint8Array(file.bytes), { headers: { 'content-type': 'application/octet-stream' } });
      },
    }),
  ];
}
