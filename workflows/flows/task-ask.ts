import type { z } from 'zod';
import { taskAsk } from '../../core/catalogue/task-ask.ts';
import { APPROVAL_ACTIVITIES, ReadRulesResult } from '../../core/model/approval-plan.ts';
import { flowArguments } from './arguments.ts';
import type { Flow } from './context.ts';
import { decisionOfRound, withApproval } from './waiting.ts';

type Result = z.infer<typeof taskAsk.result>;

/** `task.ask`: somebody does or fills in something. It waits as an approval of one round does, and asks for no second person. */
export const taskAskFlow: Flow = async (args, context) => {
  const asked = flowArguments(taskAsk.name, taskAsk.with, args);
  const { about, text, fields, assign, table, remind, escalate, due } = asked;
  const read = table && (await context.activity(APPROVAL_ACTIVITIES.table, table, { capability: 'mail' }));
  const rules = [...(asked.rules ?? []), ...(read === undefined ? [] : ReadRulesResult.parse(read).rules)];
  const open = {
    kind: 'task' as const,
    about,
    task: { text, fields },
    pages: [],
    findings: [],
    department: asked.department,
    costCentre: asked.costCentre,
    approvers: assign,
    rules,
    second: [],
    changes: [],
    escalateTo: escalate?.to ?? [],
    expire: due,
  };
  return withApproval(open, { remind, escalate: escalate?.after }, context, async (waiting) => {
    const made = await decisionOfRound(waiting, 1);
    if (!made) {
      const result: Result = { done: false, expired: true, values: {} };
      return { outcome: 'expired', result };
    }
    const { approver: by, at, comment, reason, onBehalfOf, answers = {} } = made;
    const done = made.decision === 'done';
    const result: Result = { done, expired: false, values: answers, by, onBehalfOf, at, comment, reason };
    return { outcome: done ? 'done' : 'rejected', reason, result };
  });
};
