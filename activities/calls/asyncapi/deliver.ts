import { Context } from '@temporalio/activity';
import type { CallInfo } from '../../../core/model/call.ts';
import type { Delivery } from '../../../core/model/delivery.ts';
import { MESSAGES } from '../../../core/model/run.ts';

/** The worker's client gives up with its activity; a message that is on its way must arrive, or be known not to. */
const NEVER = new AbortController().signal;

/** Signals messages to the run that called, by the worker's own client and its codec. */
export async function deliverToRun({ run }: CallInfo, delivery: Delivery): Promise<void> {
  const { client } = Context.current();
  await client.withAbortSignal(NEVER, () => client.workflow.getHandle(run).signal(MESSAGES.messages, delivery));
}
