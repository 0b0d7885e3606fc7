import type { ElementHandle } from 'playwright-core';
import { pageChanged } from '../errors.ts';
import { afterStep } from '../job.ts';
import type { Job } from '../job.ts';
import { callInPage, keptElement } from '../page/inject.ts';

type Item = ElementHandle<Element>;

/**
 * Goes through a menu: `AP > Add Transaction`. A menu opens on a click, and a second click may close it again; the next
 * item is the one that the click brings up, so that the same words elsewhere in the menu do not mislead.
 */
export async function followMenu(job: Job, way: string): Promise<void> {
  const names = way.split('>').map((name) => name.trim());
  let item = (await waitFor(job, names[0] ?? ''))[0];
  for (const [index, name] of names.entries()) {
    if (!item) throw pageChanged(`menu "${way}": "${name}" is not there`);
    const next = names[index + 1];
    if (next === undefined) await click(job, item);
    else item = await openItem(job, item, next);
  }
}

async function openItem(job: Job, item: Item, next: string): Promise<Item | undefined> {
  const before = await itemsNamed(job, next);
  await click(job, item);
  const after = await itemsNamed(job, next);
  const [fresh] = await without(after, before);
  if (fresh) return fresh;
  const closed = await without(before, after);
  if (closed.length === 0) return after[0] ?? (await waitFor(job, next))[0];
  // The click closed what was open: open it again.
  await click(job, item);
  return closed[0];
}

async function click(job: Job, item: Item): Promise<void> {
  await item.click({ timeout: job.screen.patienceMs, noWaitAfter: true });
  await afterStep(job);
}

async function waitFor(job: Job, name: string): Promise<Item[]> {
  const found = await job.screen.until(job.progress, async () => {
    const items = await itemsNamed(job, name);
    return items.length > 0 ? items : undefined;
  });
  return found ?? [];
}

async function itemsNamed(job: Job, name: string): Promise<Item[]> {
  const items: Item[] = [];
  for (const frame of job.screen.frames()) {
    const count = (await callInPage(frame, 'withText', name)) ?? 0;
    for (let index = 0; index < count; index += 1) {
      const item = await keptElement(frame, index);
      if (item) items.push(item);
    }
  }
  return items;
}

/** Those of `items` that are not among `others`. Elements of a frame that has navigated are never the same. */
async function without(items: readonly Item[], others: readonly Item[]): Promise<Item[]> {
  const rest: Item[] = [];
  for (const item of items) {
    let known = false;
    for (const other of others) known ||= await isSame(item, other);
    if (!known) rest.push(item);
  }
  return rest;
}

async function isSame(item: Item, other: Item): Promise<boolean> {
  try {
    return await item.evaluate((a, b) => a === b, other);
  } catch {
    return false;
  }
}
