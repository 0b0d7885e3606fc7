import {
  APPROVAL_ACTIVITIES,
  AskApprovers,
  CloseApproval,
  FindSubstitutes,
  NoteAct,
  OpenApproval,
  RecordDecision,
  SendCode,
  SendDigest,
} from '../../core/model/approval-plan.ts';
import type { OpenedApproval } from '../../core/model/approval-plan.ts';
import { fieldsBeside } from '../../core/fields/load.ts';
import type { CallInfo, CatalogueActivity } from '../../core/model/call.ts';
import { internalActivity } from '../activity.ts';
import { askPeople } from './ask.ts';
import { sendCode } from './code.ts';
import { audited, type ApprovalDeps } from './deps.ts';
import { sendDigests } from './digest.ts';
import { noteAct } from './note.ts';
import { approvalIds, planApproval } from './open.ts';
import { findSubstitutes } from './substitutes.ts';

export type { ApprovalDeps, OutgoingApprovalMail } from './deps.ts';

/** The activities behind `approval.request` and `document.validate`, by name. Definitions cannot call them. */
export function createApprovalActivities(deps: ApprovalDeps): Record<string, CatalogueActivity> {
  const now = deps.clock ?? (() => new Date());
  const { open, substitutes, ask, digest, note, code, record, close } = APPROVAL_ACTIVITIES;
  return {
    [open]: internalActivity(open, OpenApproval, async (request, { call }) => {
      const approval = await idFor(deps, call);
      const plan = planApproval(request, approval, { ...deps.settings, gone: await deps.store.users.removed() }, now());
      const opened: OpenedApproval = { ...plan, proofKeys: deps.proofKeys() };
      const toDo = request.task && (await toDoOf(deps, request.task, call.definition.hash));
      await deps.store.approvals.open(request, opened, call, now(), toDo);
      return opened;
    }),
    [substitutes]: internalActivity(substitutes, FindSubstitutes, (args) => findSubstitutes(deps, args, now())),
    [ask]: internalActivity(ask, AskApprovers, (args, { call }) =>
      askPeople(audited(deps, call), args, call.run, now()),
    ),
    [digest]: internalActivity(digest, SendDigest, (args, { attempt }) => sendDigests(deps, args, attempt, now())),
    [note]: internalActivity(note, NoteAct, (args, { call }) => noteAct(audited(deps, call), args, call.run, now())),
    [code]: internalActivity(code, SendCode, (args, { call, attempt }) =>
      sendCode(audited(deps, call), args, call.run, now(), attempt),
    ),
    [record]: internalActivity(record, RecordDecision, (args, { call }) =>
      recordDecision(audited(deps, call), args, call.run),
    ),
    [close]: internalActivity(close, CloseApproval, (args, { call }) =>
      closeApproval(audited(deps, call), args, call.run, now()),
    ),
  };
}

/** The fields of a task as they are beside the version of the definition that the run follows. */
async function toDoOf({ store }: ApprovalDeps, task: NonNullable<OpenApproval['task']>, hash: string) {
  const { text, fields } = task;
  if (fields === undefined) return { text };
  const deployed = await store.definitions.byHash(hash);
  return { text, fields: fieldsBeside(deployed?.files ?? {}, fields) };
}

/** Id of the call's request: the one that an earlier attempt gave it, also by another key or in an earlier release. */
async function idFor({ store, namesOf }: ApprovalDeps, { key, run }: CallInfo): Promise<string> {
  const [fresh, ...earlier] = approvalIds(key, namesOf);
  for (const id of earlier) if ((await store.approvals.find(id))?.approval.run === run) return id;
  return fresh;
}

async function recordDecision({ store }: ApprovalDeps, { approval, decision }: RecordDecision, run: string) {
  const isNew = await store.approvals.record(approval, decision);
  await store.corrections.keep(approval, decision);
  await store.drafts.forget(approval);
  if (!isNew) return;
  const { approver, ...details } = decision;
  await store.audit.append({ actor: approver, action: 'approval.decided', run, details: { approval, ...details } });
}

async function closeApproval({ store }: ApprovalDeps, args: CloseApproval, run: string, now: Date) {
  const { approval, outcome, reason } = args;
  if (!(await store.approvals.close(approval, outcome, reason, now))) return;
  const entry = { actor: 'bot:approvals', action: 'approval.closed', run };
  await store.audit.append({ ...entry, details: { approval, outcome, reason: reason ?? null } });
}
