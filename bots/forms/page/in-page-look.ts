/**
 * More of what runs inside the target's pages: all that a step has to know of its fields in one look, and the cursor
 * that is put into them. Sent to each frame together with in-page.ts; hence declared, not imported.
 */
import type { Query, Want } from './in-page.ts';
import type { Description } from './in-page-place.ts';

declare function leadingTo(query: Query): Map<Element, number[]>;
declare function keep(elements: Element[]): void;
declare function kept(index: number): Element | undefined;
declare function visible(element: Element): boolean;
declare function unencodable(text: string): string;
declare function emptyRequired(element: Element): string[];
declare function describe(element: Element): { place: string; says: Description };
declare function isLeaving(): boolean;
declare function standsAlone(element: Element): boolean;
declare function candidates(want: Want): Element[];
declare function labelsOf(element: Element): string[];
declare function buttonText(element: Element): string;

/** The question for one field. `text` is what is to be written into it; `describe` asks how it stands on the page. */
export type Ask = Query & { text?: string; describe?: boolean };

/** An element found: its index among those kept, the indexes of the ways that led to it, and what the step must know. */
export type Sight = {
  index: number;
  ways: number[];
  described?: { place: string; says: Description };
  limits?: Limits;
  /** Labels of empty fields that the page itself requires before it lets this button send it. */
  required?: string[];
};

/** How many characters a field takes (absent: any number), which of the text the page cannot carry, and if it is typed. */
export type Limits = { most?: number; unencodable: string; typed: boolean };

/** Elements of this frame that any of the ways of each question leads to; kept under their index until the next look. */
export function lookAt(asks: Ask[]): Sight[][] {
  const elements: Element[] = [];
  const sights = asks.map((ask) =>
    [...leadingTo(ask)].map(([element, ways]) => {
      const index = elements.push(element) - 1;
      return { index, ways, ...told(element, ask) };
    }),
  );
  keep(elements);
  return sights;
}

/** What the step must know of the element besides. */
export function told(element: Element, { want, text, describe: wanted }: Ask): Omit<Sight, 'index' | 'ways'> {
  return {
    ...(wanted ? { described: describe(element) } : {}),
    ...(text === undefined ? {} : { limits: limitsOf(element, text) }),
    ...(want === 'press' ? { required: emptyRequired(element) } : {}),
  };
}

export function limitsOf(element: Element, text: string): Limits {
  const limit = element.getAttribute('maxlength');
  const most = limit === null ? {} : { most: Number(limit) };
  return { ...most, unencodable: unencodable(text), typed: isTyped(element) };
}

/** True for a field that takes text as it is typed; a date or a number field has rules of its own. */
export function isTyped(element: Element): boolean {
  if (element.matches(':disabled') || (element as HTMLInputElement).readOnly) return false;
  if (element instanceof HTMLTextAreaElement) return true;
  // A placeholder with a pattern asks for a spelling of its own.
  if (/^[YRMD./-]{6,}$/i.test((element as HTMLInputElement).placeholder ?? '')) return false;
  return element instanceof HTMLInputElement && ['text', 'search', 'tel', 'url', 'password'].includes(element.type);
}

/**
 * Puts the cursor into a field that a look has kept, all its text selected, if what led to it still leads to it, and to
 * nothing else: the field filled before may have changed the page. Reads that field first, as leaving it may change it too.
 */
export async function aim(
  ask: Ask,
  found: Sight[],
  index: number,
  before?: number,
): Promise<{ ready: boolean; before?: string }> {
  const earlier = before === undefined ? undefined : kept(before);
  const value = earlier ? { before: (earlier as HTMLInputElement).value } : {};
  const element = kept(index) as HTMLInputElement | undefined;
  const now = [...leadingTo(ask)];
  const same = ([one, ways]: [Element, number[]], i: number): boolean =>
    kept(found[i]?.index ?? -1) === one && String(found[i]?.ways) === String(ways);
  if (!element || now.length !== found.length || !now.every(same) || !isTyped(element))
    return { ready: false, ...value };
  const soon = timersSoon();
  element.focus();
  element.select();
  // Leaving the field before may send the page off, a moment later.
  if (earlier && timersSoon() > soon) await aMoment();
  return { ready: document.activeElement === element && visible(element) && !isLeaving(), ...value };
}

/** Timers of the page that fire soon. */
export function timersSoon(): number {
  return (globalThis as unknown as { zapleczeStir?: { soon: number } }).zapleczeStir?.soon ?? 0;
}

/** Lets what an event has queued run first. */
export function aMoment(): Promise<void> {
  const { zapleczeStir: stir } = globalThis as unknown as { zapleczeStir?: { later: typeof setTimeout } };
  return new Promise((done) => (stir?.later ?? setTimeout)(() => (stir?.later ?? setTimeout)(done, 0), 0));
}

/** Value of a field that a look has kept. */
export function keptValue(index: number): string | undefined {
  return (kept(index) as HTMLInputElement | undefined)?.value;
}

/** What a person reads at everything that the step could be about: labels of fields, texts of buttons and links. */
export function offered(want: Want): string[] {
  const texts = candidates(want).map((element) =>
    want === 'press' ? buttonText(element) : (labelsOf(element)[0] ?? ''),
  );
  return texts.filter((text) => text !== '');
}

/** Whether an element that a look has kept stands on its own. */
export function keptStandsAlone(index: number): boolean {
  const element = kept(index);
  return element !== undefined && standsAlone(element);
}
