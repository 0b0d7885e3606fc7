import { describe, expect, it } from 'vitest';
import type { QueueItem } from '../../core/model/queue.ts';
import { applicationException, businessException } from '../../core/model/problem.ts';
import { freshQueue, Items } from './items.ts';
import { judge, outagePause } from './policy.ts';

const definition = { namespace: 'n', name: 'd', version: '1.0.0', hash: 'h' };
let made = 0;

function item(reference: string, change: Partial<QueueItem> = {}): QueueItem {
  made += 1;
  const args = `sha256:${'0'.repeat(63)}1`;
  const call = { run: `run-${made}`, definition, task: '/do/0', key: `key-${made}` };
  return {
    id: `${reference}-${made}`,
    function: 'ledger.post',
    reference,
    title: reference,
    priority: 'normal',
    args,
    call,
    ...change,
  };
}

function queue(...items: QueueItem[]): Items {
  const made = new Items(freshQueue('books'));
  for (const each of items) made.add(each, 0);
  return made;
}

/** References in the order in which they would be done. */
function order(items: Items): string[] {
  const done: string[] = [];
  for (let next = items.next(0); next; next = items.next(0)) {
    done.push(next.item.reference);
    items.end(next, 'done', 0);
  }
  return done;
}

describe('the items of a queue', () => {
  it('should come by priority, then by due date, then in the order they were asked for', () => {
    const items = queue(
      item('later', { due: '2026-12-01' }),
      item('none'),
      item('low', { priority: 'low', due: '2026-01-01' }),
      item('soon', { due: '2026-11-30' }),
      item('soon too', { due: '2026-11-30' }),
      item('high', { priority: 'high' }),
    );
    expect(order(items)).toEqual(['high', 'soon', 'soon too', 'later', 'none', 'low']);
  });

  it('should take an item once, and no more than fit into one history', () => {
    const one = item('a');
    const items = queue(one);
    expect(items.add(one, 0)).toBe('known');
    while (items.state.items.length < 2_000) items.add(item('x'), 0);
    expect(items.add(item('b'), 0)).toBe('full');
    expect(JSON.stringify(items.state).length).toBeLessThan(1_500_000);
  });

  it('should do one of the same reference at a time, even if the later one is more urgent', () => {
    const [first, second] = [item('a', { priority: 'low' }), item('a', { priority: 'high' })];
    const items = queue(first, second);
    expect(items.next(0)?.item.id).toBe(first.id);
  });

  it('should answer those together that asked for the very same', () => {
    const [first, same, other] = [item('a'), item('a'), item('a', { args: `sha256:${'0'.repeat(63)}2` })];
    const items = queue(first, same, other);
    const next = items.next(0);
    expect(next && items.twins(next).map((twin) => twin.item.id)).toEqual([same.id]);
  });

  it('should give nothing out while it is paused, while one is under way, or while the target is down', () => {
    const items = queue(item('a'), item('b'));
    items.pause({ by: 'anna', reason: 'stock-taking' }, 0);
    expect([items.next(0), items.wakesIn(0), items.view(0).state]).toEqual([undefined, undefined, 'paused']);
    items.resume();
    items.running = items.next(0);
    expect([items.next(0), items.view(0).items.map(({ state }) => state)]).toEqual([undefined, ['running', 'waiting']]);
    items.running = undefined;
    items.noteOutage(applicationException('communication', 'down').problem, 1_000);
    expect([items.next(1_000), items.wakesIn(1_000), items.view(1_000).state]).toEqual([
      undefined,
      2_000,
      'target-down',
    ]);
    items.hurry();
    expect(items.next(1_000)?.item.reference).toBe('a');
  });

  it('should let others go first while one waits for its next attempt', () => {
    const items = queue(item('a'), item('b'));
    const first = items.next(0);
    if (first) first.notBefore = 5_000;
    expect(items.next(0)?.item.reference).toBe('b');
    items.hurry(first?.item.id);
    expect(items.next(0)?.item.reference).toBe('a');
  });
});

describe('what becomes of a failure', () => {
  const of = (problem = applicationException('runtime', 'x').problem, change = {}) => ({
    problem,
    retryable: true,
    lost: false,
    ...change,
  });
  const problemOf = (kind: Parameters<typeof applicationException>[0]) => applicationException(kind, 'x').problem;

  it.each([
    [
      'a business exception',
      of(businessException('unknown-supplier', 'x').problem, { retryable: false }),
      1,
      'give-back',
    ],
    ['a refused login', of(problemOf('authentication'), { retryable: false }), 1, 'pause'],
    ['what no time heals', of(problemOf('configuration'), { retryable: false }), 1, 'give-back'],
    ['a target that is down', of(problemOf('communication')), 1, 'outage'],
    ['a target that is down, for the hundredth time', of(problemOf('communication')), 100, 'outage'],
    ['a page that was too slow', of(problemOf('timeout')), 1, 'later'],
    ['a page that is always too slow', of(problemOf('timeout')), 6, 'give-back'],
    ['a worker that died', of(problemOf('timeout'), { retryable: false, lost: true }), 1, 'again'],
    ['workers that always die of it', of(problemOf('timeout'), { retryable: false, lost: true }), 6, 'give-back'],
  ])('should suit %s', (_, failure, attempts, then) => {
    expect(judge(failure, attempts, 6)).toMatchObject({ then });
  });

  it('should wait for the opening that a closed target told, also over a long weekend', () => {
    const weekend = 62 * 60 * 60_000;
    expect(judge(of(problemOf('communication'), { opensInMs: weekend }), 1, 6)).toEqual({
      then: 'outage',
      opensInMs: weekend,
    });
    const items = new Items(freshQueue('books'));
    items.add(item('a'), 0);
    items.noteClosed(problemOf('communication'), weekend);
    expect(items.next(weekend - 1)).toBeUndefined();
    expect(items.wakesIn(0)).toBe(weekend);
    expect(items.view(0)).toMatchObject({ state: 'target-down', notBefore: '1970-01-03T14:00:00.000Z' });
    expect(items.next(weekend)?.item.reference).toBe('a');
    // The day after which an outage is given back counts from the opening.
    expect(items.noteOutage(problemOf('communication'), weekend + 1_000)).toBe(1_000);
  });

  it('should look at a target that is down a dozen times in an hour, not more', () => {
    let looks = 0;
    for (let minute = 0; minute < 60; looks += 1) minute += outagePause(looks + 1) / 60_000;
    expect(looks).toBeGreaterThan(10);
    expect(looks).toBeLessThan(25);
  });
});
