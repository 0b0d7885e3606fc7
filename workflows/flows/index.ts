import { approvalRequestFlow } from './approval-request.ts';
import type { Flow } from './context.ts';
import { installDecideHandler } from './decide.ts';
import { documentValidateFlow } from './document-validate.ts';
import { installQueueHandler } from './queued.ts';
import { taskAskFlow } from './task-ask.ts';

/** Flow functions by their name in the catalogue, each in a file of its own. */
const flows: Readonly<Record<string, Flow>> = {
  'approval.request': approvalRequestFlow,
  'document.validate': documentValidateFlow,
  'task.ask': taskAskFlow,
};

/** The flow of that name, or undefined. */
export function findFlow(name: string): Flow | undefined {
  return Object.hasOwn(flows, name) ? flows[name] : undefined;
}

/**
 * Installs the signal and update handlers that flows answer to. Called once, before the first task, so that nothing
 * that arrives early is missed.
 */
export function installFlowHandlers(): void {
  installDecideHandler();
  installQueueHandler();
}
