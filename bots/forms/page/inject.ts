import type { BrowserContext, ElementHandle, Frame } from 'playwright-core';
import { bounded } from './bounded.ts';
import * as finders from './in-page.ts';
import * as idleness from './in-page-idle.ts';
import * as choosing from './in-page-choose.ts';
import * as grids from './in-page-grid.ts';
import * as labels from './in-page-label.ts';
import * as looks from './in-page-look.ts';
import * as pages from './in-page-pages.ts';
import * as places from './in-page-place.ts';
import * as sees from './in-page-see.ts';

/** Property of each frame's window that carries the functions of the in-page files. */
const NAMESPACE = 'zapleczeForms';

const MODULES = [finders, choosing, sees, labels, grids, places, looks, idleness, pages];

type InPage = Omit<
  typeof finders &
    typeof choosing &
    typeof sees &
    typeof labels &
    typeof grids &
    typeof places &
    typeof looks &
    typeof idleness &
    typeof pages,
  'SELECTORS' | 'IDLE_BOUNDS' | 'PAGE_WORDS' | 'GRID_ROLES' | 'CHOOSE_BOUNDS' | 'LABEL_BOUNDS'
>;

const source = (): string => {
  const functions = MODULES.flatMap((module) => Object.values<unknown>(module)).filter(
    (value): value is (...args: never[]) => unknown => typeof value === 'function',
  );
  const names = functions.map(({ name }) => name).join(', ');
  const bodies = functions.map((value) => value.toString()).join('\n');
  const constants = Object.entries({
    SELECTORS: finders.SELECTORS,
    LABELS: labels.LABEL_BOUNDS,
    BOUNDS: idleness.IDLE_BOUNDS,
    PAGES: pages.PAGE_WORDS,
    ROLES: grids.GRID_ROLES,
    CHOOSING: choosing.CHOOSE_BOUNDS,
  })
    .map(([name, value]) => `const ${name} = ${JSON.stringify(value)};`)
    .join('\n');
  return `globalThis.${NAMESPACE} ??= (() => { ${constants}\n${bodies}\nwatchStir();\nwatchRoots();\nreturn { ${names} }; })();`;
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
