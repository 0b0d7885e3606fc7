import { WithStartWorkflowOperation } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GATE, type AcquireAnswer, type AcquireRequest } from '../../core/model/target-gate.ts';
import { taskQueue } from '../../core/model/run.ts';
import { Engine, eventually } from '../../tests/support/temporal.ts';

/** Continue-as-new is suggested after this many events instead of thousands. */
const SHORT_HISTORY = 60;

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.start({
    serverArgs: ['--dynamic-config-value', `limit.historyCount.suggestContinueAsNew=${SHORT_HISTORY}`],
  });
});
afterAll(async () => engine.stop());

function ask(target: string, holder: string, more: Partial<AcquireRequest> = {}): Promise<AcquireAnswer> {
  const request = { holder, user: 'bot', limits: { sessions: 1 }, leaseMs: 60_000, waitMs: 10_000, ...more };
  return engine.env.client.workflow.executeUpdateWithStart<() => Promise<void>, AcquireAnswer, [AcquireRequest]>(
    GATE.acquire,
    {
      args: [request],
      startWorkflowOperation: new WithStartWorkflowOperation(GATE.workflow, {
        workflowId: GATE.idOf(target),
        taskQueue: taskQueue('engine'),
        args: [{ leases: [], begun: [] }],
        workflowIdConflictPolicy: 'USE_EXISTING',
      }),
    },
  );
}

const handle = (target: string) => engine.env.client.workflow.getHandle(GATE.idOf(target));
const release = (target: string, holder: string): Promise<void> => handle(target).signal(GATE.release, holder);

describe('the gate of a target', () => {
  it('lets in one after the other, however many ask, over a continue-as-new', async () => {
    await ask('ledger', 'first');
    const { runId: firstRun } = await handle('ledger').describe();
    await release('ledger', 'first');
    let inside = 0;
    let most = 0;
    const use = async (holder: string): Promise<void> => {
      while (!(await ask('ledger', holder)).granted);
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setTimeout(resolve, 20));
      inside -= 1;
      await release('ledger', holder);
    };
    await Promise.all(Array.from({ length: 12 }, (_, index) => use(`run-${index}`)));
    expect(most).toBe(1);
    const { runId } = await handle('ledger').describe();
    expect(runId, 'its history has been cut').not.toBe(firstRun);
  });

  it('takes the place of a dead holder away when its lease ends, and gives a living one its own back', async () => {
    expect(await ask('portal', 'killed', { leaseMs: 1_500 })).toEqual({ granted: true });
    expect(await ask('portal', 'killed', { leaseMs: 1_500 })).toEqual({ granted: true });
    expect(await ask('portal', 'next', { waitMs: 100 })).toEqual({ granted: false });
    await eventually(async () => ((await ask('portal', 'next', { waitMs: 1_000 })).granted ? true : undefined));
  });

  it('begins no more in a minute than allowed, whoever asks', async () => {
    const limits = { sessions: 5, perMinute: 2 };
    expect(await ask('slow', 'a', { limits })).toEqual({ granted: true });
    expect(await ask('slow', 'b', { limits, user: 'other' })).toEqual({ granted: true });
    expect(await ask('slow', 'c', { limits, waitMs: 100 })).toEqual({ granted: false });
  });
});
