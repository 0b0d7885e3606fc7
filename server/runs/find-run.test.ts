import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/client';
import { expect, it } from 'vitest';
import { findRun } from './find-run.ts';

const RUNS = ['finance.invoices:0d5fa1', 'finance.invoices:0d5fb2', 'hr.leave:77aa01', 'hr.leave:77aa01'];

/** Lists as Temporal does, with the one condition that is asked for here. */
const client = {
  workflow: {
    getHandle: (id: string) => ({
      describe: () =>
        RUNS.includes(id) ? Promise.resolve({}) : Promise.reject(new WorkflowNotFoundError('', id, undefined)),
    }),
    async *list({ query }: { query: string }) {
      const prefix = /STARTS_WITH '([^']*)'/.exec(query)?.[1] ?? '';
      for (const workflowId of RUNS.filter((id) => id.startsWith(prefix))) yield await Promise.resolve({ workflowId });
    },
  },
} as unknown as Client;

it.each([
  ['hr.leave:77aa01', 'hr.leave:77aa01'],
  ['hr.le', 'hr.leave:77aa01'],
  ['77aa', 'hr.leave:77aa01'],
  ['0d5fa', 'finance.invoices:0d5fa1'],
  ['finance.invoices:0d5fb…', 'finance.invoices:0d5fb2'],
])('should find the run of %s', async (given, run) => {
  expect(await findRun(client, given)).toBe(run);
});

it.each([
  ['0d5f', /several runs: finance\.invoices:0d5fa1, finance\.invoices:0d5fb2\. To fix: write more/],
  ['finance.', /several runs/],
  ['77a', /no run 77a/],
  ['zzzz', /no run zzzz/],
  ["x' OR WorkflowId != '", /no run/],
])('should say what is wrong with %s', async (given, words) => {
  await expect(findRun(client, given)).rejects.toThrow(words);
});
