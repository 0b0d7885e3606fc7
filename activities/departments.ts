import { ApplicationFailure } from '@temporalio/activity';
import { z } from 'zod';
import type { Borders } from '../core/departments/borders.ts';
import { type Use, usesOfCall } from '../core/departments/uses.ts';
import { APPROVAL_ACTIVITIES } from '../core/model/approval-plan.ts';
import type { CallInfo, CatalogueActivity } from '../core/model/call.ts';
import { applicationException, errorName, type ProblemError } from '../core/model/problem.ts';
import { QUEUE_ACTIVITIES } from '../core/model/queue.ts';
import { internalActivity } from './activity.ts';

/** Notes what happened at a border. */
type AuditSink = {
  append(entry: { actor: string; action: string; run?: string; details: Record<string, unknown> }): Promise<unknown>;
};

/** Asked before anything that a department may own is used. */
export type Guard = {
  borders: Borders;
  /** Throws a problem of type `authorization` where the department of the caller may not use this. */
  use: (call: CallInfo, use: Use) => void;
  note: (call: CallInfo, action: string, details: Record<string, unknown>) => Promise<unknown>;
};

export function createGuard(borders: Borders, audit: AuditSink): Guard {
  return {
    borders,
    use(call, use) {
      const why = borders.refusal(call.definition.namespace, use);
      if (why !== undefined) throw refused(why);
    },
    note(call, action, details) {
      const { namespace, name, version } = call.definition;
      const definition = { namespace, name, version };
      return audit.append({ actor: `bot:${namespace}`, action, run: call.run, details: { ...details, definition } });
    },
  };
}

/** How a border is reported to whoever looks at the run. */
export function refused(why: string): ProblemError {
  return applicationException('authorization', `${why}. To fix: change the definition, or ask the operator`);
}

const Queued = z.object({ function: z.string(), args: z.unknown() });

/** The call behind an activity: of the table of an approval, and of what is put into the queue of a target. */
function callBehind(name: string, args: unknown): { called: string; given: unknown } {
  if (name === APPROVAL_ACTIVITIES.table) return { called: 'approval.request', given: { table: args } };
  const queued = name === QUEUE_ACTIVITIES.add ? Queued.safeParse(args).data : undefined;
  return queued
    ? { called: queued.function, given: queued.args }
    : { called: name.replace(/^call\./, ''), given: args };
}

type Activities = Record<string, CatalogueActivity>;

/** The same activities, each asking first whether the department of the caller may use what the call names. */
export function guarded<A extends Activities>(activities: A, guard: Guard): A {
  const asking = Object.entries(activities).map(([name, activity]): [string, CatalogueActivity] => {
    const ask = internalActivity(name, z.unknown(), (args, { call }) => {
      const { called, given } = callBehind(name, args);
      for (const use of usesOfCall(called, given)) guard.use(call, use);
      return Promise.resolve();
    });
    return [name, async (args, call) => (await ask(args, call), activity(args, call))];
  });
  return noted(Object.fromEntries(asking) as A, guard);
}

/** The same activities; whatever one refuses for want of a right stands in the audit trail, once for each refusal. */
export function noted<A extends Activities>(activities: A, guard: Guard): A {
  const noting = Object.entries(activities).map(([name, activity]): [string, CatalogueActivity] => [
    name,
    async (args, call) => {
      try {
        return await activity(args, call);
      } catch (error) {
        if (error instanceof ApplicationFailure && errorName(error.type ?? '') === 'authorization') {
          await guard.note(call, 'department.refused', { task: call.task, activity: name, why: error.message });
        }
        throw error;
      }
    },
  ]);
  return Object.fromEntries(noting) as A;
}
