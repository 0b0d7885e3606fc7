import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Case } from '../../core/cases/case.ts';
import { loadDefinition } from '../../core/language/load.ts';
import { temporalPart } from '../tools/temporal.ts';
import { quietTemporal } from '../embedded/quiet-temporal.ts';
import { runCases } from './run-cases.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  quietTemporal();
  stage = await openStage((await temporalPart.find())?.path ?? '');
});
afterAll(() => stage.close());

async function rehearse(tasks: object[], one: object) {
  const document = { dsl: '1.0.3', namespace: 'test', name: 'test', version: '1.0.0' };
  const { loaded, findings } = loadDefinition(JSON.stringify({ document, do: tasks }), 'test.yaml');
  if (!loaded) throw new Error(JSON.stringify(findings));
  const cases = [{ name: 'case', file: 'case.yaml', case: Case.parse({ title: 'a case', ...one }) }];
  const { cases: results, coverage } = await runCases(stage, loaded, cases, () => null);
  return { differences: results[0]?.differences, ok: results[0]?.ok, ms: results[0]?.ms ?? Infinity, coverage };
}

const post = { post: { call: 'http', with: { method: 'get', endpoint: 'http://service.example/' } } };

const payment = (after: string) => [{ type: 'paid', data: { amount: '1.00' }, after }];

describe('the passing of time', () => {
  it('should let weeks pass within milliseconds, by the clock of the run', async () => {
    const tasks = [
      { rest: { wait: { days: 30 }, export: { as: '$task.startedAt.iso8601' } } },
      { tell: { set: { later: '${ $task.startedAt.iso8601 }' } } },
    ];
    const result = await rehearse(tasks, {
      now: '2026-01-01T00:00:00Z',
      expect: { output: { later: '2026-01-31T00:00:00.000Z' }, path: ['rest', 'tell'] },
    });
    expect(result.differences).toEqual([]);
    expect(result.ms, 'thirty days').toBeLessThan(20_000);
  });

  it('should deliver events in their time, before and after a timeout', async () => {
    const tasks = [{ hear: { listen: { to: { one: { with: { type: 'paid' } } } }, timeout: { after: { days: 3 } } } }];
    const inTime = await rehearse(tasks, { events: payment('P2D'), expect: { output: [{ amount: '1.00' }] } });
    expect(inTime.differences).toEqual([]);
    const late = await rehearse(tasks, { events: payment('P4D'), expect: { fault: { type: 'timeout', status: 408 } } });
    expect(late.differences).toEqual([]);
  });

  it('should say where a run waits for ever', async () => {
    const tasks = [{ hear: { listen: { to: { one: { with: { type: 'paid' } } } } } }];
    const result = await rehearse(tasks, { expect: { output: [] } });
    expect(result.differences?.[0]).toContain('nothing more can happen: the run waits at "hear"');
  });
});

describe('answers', () => {
  it('should be used in order, and raise', async () => {
    const retry = { retry: { delay: { hours: 8 }, limit: { attempt: { count: 2 } } } };
    const tasks = [{ attempt: { try: [post], catch: { errors: { with: { type: 'communication' } }, ...retry } } }];
    const answers = { post: [{ raises: { error: 'communication' } }, { returns: { paid: true } }] };
    const result = await rehearse(tasks, {
      answers,
      expect: { output: { paid: true }, calls: [{ call: 'http' }, { call: 'post' }] },
    });
    expect(result.differences).toEqual([]);
  });

  it('should be missed in words', async () => {
    const result = await rehearse([post], { expect: { path: ['post'] } });
    expect(result.differences).toEqual([
      'http was called (task "post"), and the case has no answer for it. To fix: add it under answers',
    ]);
  });
});

describe('differences and coverage', () => {
  it('should tell what differs', async () => {
    const result = await rehearse([{ tell: { set: { a: 1, b: [1] } } }], {
      expect: { output: { a: 2, b: [1] }, path: ['say'], never: ['http'] },
    });
    expect(result.ok).toBe(false);
    expect(result.differences?.[0]).toBe('output.a: expected 2, got 1');
    expect(result.differences?.[1]).toContain('path: at the start, expected "say", got "tell"');
  });

  it('should count tasks and branches that no case reaches', async () => {
    const tasks = [
      { choose: { switch: [{ big: { when: '.n > 5', then: 'large' } }, { other: { then: 'end' } }] } },
      { large: { if: '.n > 7', set: { large: true } } },
    ];
    const { coverage, differences } = await rehearse(tasks, { input: { n: 9 }, expect: { output: { large: true } } });
    expect(differences).toEqual([]);
    expect(coverage.tasks).toEqual({ reached: 2, of: 2, missed: [] });
    expect(coverage.branches).toEqual({
      reached: 2,
      of: 4,
      missed: ['choose never goes to case other', 'large never skipped'],
    });
  });
});
