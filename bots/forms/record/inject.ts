import type { BrowserContext, Frame } from 'playwright-core';
import { bounded } from '../page/bounded.ts';
import { injectFinders } from '../page/inject.ts';
import { SELECTORS } from '../page/in-page.ts';
import * as inPage from './in-page.ts';
import type { Gesture } from './in-page.ts';

/** Properties of each frame's window: our functions, the finders, and the way out. */
const NAMESPACE = 'zapleczeRecorder';
const FINDERS = 'zapleczeForms';
const REPORT = 'zapleczeReport';

const LISTEN = `globalThis.${NAMESPACE}?.listen((gesture) => void globalThis.${REPORT}(gesture));`;

type InPage = Pick<typeof inPage, 'listen' | 'shown' | 'rowsWith' | 'lines'>;

const source = (): string => {
  const functions = Object.values(inPage).filter((value) => typeof value === 'function');
  const head = `const F = globalThis.${FINDERS}, SELECTORS = ${JSON.stringify(SELECTORS)}, BOUNDS = ${JSON.stringify(inPage.BOUNDS)};`;
  const bodies = functions.map((value) => value.toString()).join('\n');
  const own = `globalThis.${NAMESPACE} ??= (() => { ${head}\n${bodies}\nreturn { listen, shown, rowsWith, lines }; })();`;
  return `${own}\n${LISTEN}`;
};

/** Lets every frame of the context, now and later, report each gesture together with the frame's name. */
export async function watchGestures(
  context: BrowserContext,
  report: (gesture: Gesture, frame: string) => void,
): Promise<void> {
  await context.exposeBinding(REPORT, ({ frame }, gesture: Gesture) => report(gesture, frame.name()));
  await injectFinders(context);
  await context.addInitScript(source());
  // A pop-up keeps the window of its first, empty document: the init script ran there, and does not run again.
  const listen = (frame: Frame): void => void bounded(frame.evaluate(LISTEN));
  context.on('page', (page) => {
    page.on('framenavigated', listen);
    page.on('domcontentloaded', () => page.frames().forEach(listen));
  });
}

/** Asks every frame of every window, the newest window first. */
export async function askFrames<N extends keyof InPage>(
  context: BrowserContext,
  name: N,
  ...args: Parameters<InPage[N]>
): Promise<ReturnType<InPage[N]>[]> {
  const frames = context
    .pages()
    .toReversed()
    .flatMap((page) => page.frames());
  const answers = await Promise.all(frames.map((frame) => ask(frame, name, args)));
  return answers.filter((answer) => answer !== undefined) as ReturnType<InPage[N]>[];
}

function ask(frame: Frame, name: string, args: unknown[]): Promise<unknown> {
  return bounded(
    frame.evaluate(
      ([space, key, list]) =>
        (globalThis as unknown as Record<string, Record<string, (...a: unknown[]) => unknown>>)[space]?.[key]?.(
          ...list,
        ),
      [NAMESPACE, name, args] as [string, string, unknown[]],
    ),
  );
}
