import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { ApprovalHouse, HouseOptions } from './approvals.ts';
import { openHouse } from './approvals.ts';
import { Browsing } from './browsing.ts';
import type { Stubs } from './temporal.ts';

/** A house of approvals, and a browser in front of its pages. */
export type Visited = { house: ApprovalHouse; browsing: Browsing };

/** @param stubs further activities that definitions of the test call */
export async function openVisited(stubs: Stubs = {}, options: HouseOptions = {}): Promise<Visited> {
  const house = await openHouse(stubs, options);
  try {
    return { house, browsing: await Browsing.start(house.app) };
  } catch (error) {
    await house.stop();
    throw error;
  }
}

/**
 * The hooks of a test file whose tests share one house: opened before the first test, closed after the last. Each test
 * begins with no mails, and ends with its pages closed and nothing in their consoles.
 *
 * @param open opens the house
 * @param opened hands it to the test file
 * @param noted what a console may say all the same: the browser itself notes each answer of 4xx
 */
export function visit(open: () => Promise<Visited>, opened: (visited: Visited) => void, noted?: RegExp): void {
  let visited: Visited | undefined;
  beforeAll(async () => {
    visited = await open();
    opened(visited);
  });
  afterAll(async () => {
    await visited?.browsing.stop();
    await visited?.house.stop();
  });
  beforeEach(() => void visited?.house.mails.splice(0));
  afterEach(async () => {
    await visited?.browsing.closePages();
    const complaints = visited?.browsing.complaints.splice(0).filter((line) => !noted?.test(line));
    expect(complaints, 'nothing in the console').toEqual([]);
  });
}
