import type { BrowserContext, ElementHandle, Frame } from 'playwright-core';
import { bounded } from './bounded.ts';
import * as finders from './in-page.ts';
import * as idleness from './in-page-idle.ts';
import * as looks from './in-page-look.ts';
import * as pages from './in-page-pages.ts';
import * as places from './in-page-place.ts';

/** Property of each frame's window that carries the functions of the in-page files. */
const NAMESPACE = 'zapleczeForms';

type InPage = Omit<
  typeof finders & typeof places & typeof looks & typeof idleness & typeof pages,
  'SELECTORS' | 'IDLE_BOUNDS' | 'PAGE_WORDS'
>;

const source = (): string => {
  const functions = [finders, places, looks, idleness, pages]
    .flatMap((module) => Object.values(module))
    .filter((value) => typeof value === 'function');
  const names = functions.map(({ name }) => name).join(', ');
  const bodies = functions.map((value) => value.toString()).join('\n');
  const selectors = JSON.stringify(finders.SELECTORS);
  const bounds = JSON.stringify(idleness.IDLE_BOUNDS);
  const constants = `const SELECTORS = ${selectors}, BOUNDS = ${bounds}, PAGES = ${JSON.stringify(pages.PAGE_WORDS)};`;
  return `globalThis.${NAMESPACE} ??= (() => { ${constants}\n${bodies}\nwatchStir();\nreturn { ${names} }; })();`;
};

/** Puts those functions into each frame that this context will ever load. */
export async function injectFinders(context: BrowserContext): Promise<void> {
  await context.addInitScript(source());
}

/** Calls one of them in a frame. Undefined where the frame is going away or holds no document. */
export async function callInPage<N extends keyof InPage>(
  frame: Frame,
  name: N,
  ...args: Parameters<InPage[N]>
): Promise<Awaited<ReturnType<InPage[N]>> | undefined> {
  const answer = frame.evaluate(
    ([space, key, list]) =>
      (globalThis as unknown as Record<string, Record<string, (...a: unknown[]) => unknown>>)[space]?.[key]?.(...list),
    [NAMESPACE, name, args] as [string, string, unknown[]],
  );
  return (await bounded(answer)) as Awaited<ReturnType<InPage[N]>> | undefined;
}

/** The element that the last look at this frame kept under that index. */
export async function keptElement(frame: Frame, index: number): Promise<ElementHandle<Element> | null> {
  const kept = frame.evaluateHandle(
    ([space, i]: [string, number]) => {
      return (globalThis as unknown as Record<string, InPage | undefined>)[space]?.kept(i) ?? null;
    },
    [NAMESPACE, index] satisfies [string, number],
  );
  return (await bounded(kept))?.asElement() ?? null;
}
