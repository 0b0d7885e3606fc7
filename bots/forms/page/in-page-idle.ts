/**
 * More of what runs inside the target's pages: whether this document is about to do something by itself. Sent to each
 * frame together with in-page.ts.
 */

/** A script that waits longer before it sends a form is waited for by what it brings, not by the clock. */
const SOON_MS = 150;
export const IDLE_BOUNDS = { soonMs: SOON_MS };

declare const BOUNDS: typeof IDLE_BOUNDS;
/** Of in-page.ts. */
declare function seenOf(texts: string[]): string[];

/** `soon`: timers that fire soon, windows just opened. `leaving`: this document is on its way out. */
type Stir = { soon: number; leaving: boolean; later: (run: () => void, ms: number) => unknown };
type Navigation = { addEventListener(type: 'navigate', listener: (event: { hashChange: boolean }) => void): void };

/**
 * Begins to watch this document: its timers, the windows that it opens, and that it is left (the browser says so before
 * the request goes out, whatever brought it about). The page's own functions do what they did.
 */
export function watchStir(): void {
  // Bound: called as a method of anything but the window it is an illegal invocation.
  const original = setTimeout.bind(globalThis) as unknown as (...args: unknown[]) => unknown;
  const stir: Stir = { soon: 0, leaving: false, later: original };
  (globalThis as unknown as { zapleczeStir: Stir }).zapleczeStir = stir;
  const soon = (ms: number): void => {
    stir.soon += 1;
    original(() => (stir.soon -= 1), ms);
  };
  const counting = (...args: unknown[]): unknown => {
    const id = original(...args);
    const delay = Number(args[1] ?? 0);
    // A timer of our own behind the page's, with the same delay: the page's is left alone, also where it is a text.
    if (!(delay > BOUNDS.soonMs)) soon(delay);
    return id;
  };
  globalThis.setTimeout = counting as unknown as typeof globalThis.setTimeout;
  const open = window.open.bind(window);
  window.open = (...args) => {
    soon(BOUNDS.soonMs);
    return open(...args);
  };
  const onClick = (event: Event): void => {
    if ((event.target as Element | null)?.closest?.('[target]')) soon(BOUNDS.soonMs);
  };
  window.addEventListener('click', onClick, true);
  const { navigation } = globalThis as unknown as { navigation?: Navigation };
  navigation?.addEventListener('navigate', ({ hashChange }) => {
    stir.leaving ||= !hashChange;
  });
}

/** True when this document is on its way out. */
export function isLeaving(): boolean {
  return (globalThis as unknown as { zapleczeStir?: Stir }).zapleczeStir?.leaving ?? false;
}

/**
 * True when this document is complete, stays, and does nothing by itself soon; then with those of the texts that it
 * shows. Lets what a click has queued run first.
 */
export async function idle(texts: string[]): Promise<{ idle: boolean; seen: string[] }> {
  const { zapleczeStir: stir } = globalThis as unknown as { zapleczeStir?: Stir };
  if (!stir || !('navigation' in globalThis)) return { idle: false, seen: [] };
  await new Promise<void>((done) => stir.later(() => stir.later(done, 0), 0));
  if (document.readyState !== 'complete' || stir.soon > 0 || stir.leaving) return { idle: false, seen: [] };
  return { idle: true, seen: seenOf(texts) };
}
