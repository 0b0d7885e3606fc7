import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findDamage } from '../../../scripts/chaos/damage.ts';
import { type DemoChild, startDemo } from '../../../scripts/chaos/demo-child.ts';
import { waitUntilDead } from '../../../scripts/chaos/process-tree.ts';

/** From the start to the first posting on two busy cores: documents are printed, servers started, the first one read. */
const FIRST_POSTING_MS = 180_000;
/** Ctrl-C to the end of everything, as people wait for it. */
const STOP_MS = 15_000;
/** Two starts and ten documents. */
const WHOLE_MS = 600_000;

const isPosting = (output: string) => output.includes('posting in the accounting application');

describe.skipIf(process.platform !== 'linux')('the demo', () => {
  let folder = '';
  const children: DemoChild[] = [];
  const start = (home: string, env?: NodeJS.ProcessEnv) => {
    const child = startDemo(join(folder, home), join(folder, `${home}.json`), env);
    children.push(child);
    return child;
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'zaplecze-demo-'));
  });
  afterAll(async () => {
    for (const child of children) await child.kill();
    await rm(folder, { recursive: true, force: true });
  });

  it(
    'should book every document exactly once after kill -9 of everything in the middle',
    { timeout: WHOLE_MS },
    async () => {
      const first = start('killed');
      expect(await first.until(isPosting, FIRST_POSTING_MS), first.output()).toBe(true);
      const killed = await first.kill();
      // At least the demo, Temporal and a browser.
      expect(killed.length).toBeGreaterThan(3);
      expect(first.output()).not.toContain('OUTCOME');
      const second = start('killed');
      expect(await second.ended, second.output()).toBe(0);
      const report = JSON.parse(await readFile(join(folder, 'killed.json'), 'utf8')) as { ok: boolean };
      expect(report.ok).toBe(true);
      expect(await findDamage(join(folder, 'killed'), join(folder, 'killed.json'))).toEqual([]);
      expect(await waitUntilDead(killed)).toEqual([]);
    },
  );

  it(
    'should end cleanly on Ctrl-C in the middle, and refuse a second start on the same state',
    { timeout: WHOLE_MS },
    async () => {
      const first = start('interrupted');
      expect(await first.until(isPosting, FIRST_POSTING_MS), first.output()).toBe(true);
      const second = start('interrupted');
      expect(await second.ended).toBe(1);
      expect(second.output()).toMatch(/another zaplecze process uses .* To fix: /);
      const tree = await first.tree();
      const at = Date.now();
      first.interrupt();
      expect(await first.ended, first.output()).toBe(130);
      expect(Date.now() - at).toBeLessThan(STOP_MS);
      expect(await waitUntilDead(tree)).toEqual([]);
      expect(first.output()).toContain('the same command continues from here');
      expect(first.output()).not.toMatch(/\n\s+at |No workflows registered/);
      const third = start('interrupted');
      expect(await third.ended, third.output()).toBe(0);
      expect(await findDamage(join(folder, 'interrupted'), join(folder, 'interrupted.json'))).toEqual([]);
    },
  );
});
