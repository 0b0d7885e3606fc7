import { type NativeConnection, Worker, type WorkflowBundle } from '@temporalio/worker';
import type { PayloadCodec } from '@temporalio/common';
import type { Capability } from '../core/catalogue/define.ts';
import { taskQueue } from '../core/model/run.ts';
import { bundleWorkflows } from '../installation/bundle-workflows.ts';
import { sealedConverter } from '../installation/keys/data-converter.ts';
import { activitiesOf, type Parts } from './compose.ts';

/** Activities at once, by capability: OCR and browsers fill a core and some hundred megabytes each. */
const CONCURRENT_ACTIVITIES: Record<Capability, number> = { engine: 50, documents: 2, browser: 2, mail: 10 };
/** How soon at the latest a heartbeat is sent on, and with its answer the news that the task was cancelled. */
const HEARTBEAT_THROTTLE_MS = 2_000;
/** An activity under way may end within this once the worker shuts down; then it is told to stop. */
const SHUTDOWN_GRACE_MS = 4_000;
/** One that does not stop is left to the next worker: people wait for Ctrl-C no longer than some seconds. */
const SHUTDOWN_FORCE_MS = 8_000;

export type WorkerOptions = {
  connection: NativeConnection;
  namespace: string;
  codec: PayloadCodec;
  parts: Parts;
  bundle?: WorkflowBundle;
};

/** A worker of one capability on its own task queue. Only the engine's runs workflows. */
export async function createWorker(capability: Capability, options: WorkerOptions): Promise<Worker> {
  const { connection, namespace, codec, parts } = options;
  return Worker.create({
    connection,
    namespace,
    taskQueue: taskQueue(capability),
    activities: activitiesOf(capability, parts),
    dataConverter: sealedConverter(codec),
    maxConcurrentActivityTaskExecutions: CONCURRENT_ACTIVITIES[capability],
    maxHeartbeatThrottleInterval: HEARTBEAT_THROTTLE_MS,
    shutdownGraceTime: SHUTDOWN_GRACE_MS,
    shutdownForceTime: SHUTDOWN_FORCE_MS,
    ...(capability === 'engine' && { workflowBundle: options.bundle ?? (await bundleWorkflows()) }),
  });
}
