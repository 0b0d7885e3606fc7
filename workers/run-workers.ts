import type { Worker, WorkflowBundle } from '@temporalio/worker';
import type { Capability } from '../core/catalogue/define.ts';
import type { Installation } from './open-installation.ts';
import { bundleWorkflows } from '../installation/bundle-workflows.ts';
import { createWorker } from './worker.ts';

export type Running = {
  /** Resolves when all have ended; rejects when one breaks down. */
  ended: Promise<void>;
  stop(): Promise<void>;
};

/** Starts a worker for each capability in this process. */
export async function runWorkers(installation: Installation, capabilities: readonly Capability[]): Promise<Running> {
  const bundle: WorkflowBundle | undefined = capabilities.includes('engine') ? await bundleWorkflows() : undefined;
  const workers: Worker[] = [];
  for (const capability of capabilities) {
    workers.push(
      await createWorker(capability, {
        connection: installation.connection,
        namespace: installation.temporal.namespace,
        codec: installation.codec,
        parts: installation.parts,
        ...(bundle && { bundle }),
      }),
    );
  }
  const runs = workers.map((worker) => worker.run());
  const ended = Promise.all(runs).then(() => undefined);
  // Whoever does not wait for it must not be ended by it: after a forced stop it rejects.
  ended.catch(() => undefined);
  return {
    ended,
    async stop() {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await Promise.allSettled(runs);
    },
  };
}
