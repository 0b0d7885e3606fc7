import { ActivityNotFoundError, type Client, isGrpcServiceError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import proto from '@temporalio/proto';

const STARTED = proto.temporal.api.enums.v1.PendingActivityState.PENDING_ACTIVITY_STATE_STARTED;
/** Status code of gRPC. */
const GRPC_NOT_FOUND = 5;

/**
 * Gives back the work that a process which was killed had in hand. Temporal would notice by itself, but only after
 * minutes, when the activity's heartbeat is overdue, and would count it as an attempt: some crashes, and a run would be
 * parked that never failed. What waits for its next attempt is tried at once: people start again after they have mended
 * something. For embedded installations only, before any worker starts: there nobody else can hold work.
 * @returns how many activities were given back
 */
export async function giveBackLostWork(client: Client): Promise<number> {
  let given = 0;
  for await (const { workflowId, runId } of client.workflow.list({ query: "ExecutionStatus = 'Running'" })) {
    const { raw } = await client.workflow.getHandle(workflowId, runId).describe();
    for (const { activityId, state, attempt } of raw.pendingActivities ?? []) {
      const wasInHand = state === STARTED;
      if (!activityId || (!wasInHand && (attempt ?? 1) <= 1)) continue;
      if (await giveBack(client, { workflowId, runId, activityId }, wasInHand)) given += 1;
    }
  }
  return given;
}

type Place = { workflowId: string; runId: string; activityId: string };

async function giveBack(client: Client, { workflowId, runId, activityId }: Place, wasInHand: boolean) {
  const reset = () =>
    client.workflowService.resetActivity({
      namespace: client.options.namespace,
      execution: { workflowId, runId },
      id: activityId,
      identity: client.options.identity,
    });
  try {
    // Without the first reset the last attempt would end the activity; the second one forgets this failure.
    await reset();
    if (!wasInHand) return true;
    await client.activity.fail(
      { workflowId, runId, activityId },
      ApplicationFailure.retryable('the process that did this has ended; it is done again', 'worker-lost'),
    );
    await reset();
    return true;
  } catch (error) {
    // It was cancelled or timed out between the two looks.
    if (error instanceof ActivityNotFoundError || isNotFound(error)) return false;
    throw error;
  }
}

function isNotFound(error: unknown): boolean {
  const code: number | undefined = isGrpcServiceError(error) ? error.code : undefined;
  return code === GRPC_NOT_FOUND;
}
