import type { ElementHandle, Frame } from 'playwright-core';
import { LOCATOR_KINDS } from '../../../definitions/forms/field.ts';
import type { Field } from '../../../definitions/forms/field.ts';
import type { Values } from '../values.ts';
import type { Query, Want } from './in-page.ts';
import { callInPage, keptElement } from './inject.ts';
import type { Screen } from './screen.ts';

/** Signals that must agree on an element where the form file gives more than one. */
const AGREEING_SIGNALS = 2;

export type FieldElement = { handle: ElementHandle<Element>; frame: Frame };

/** What a look for a field came to. `lost` are the ways that did not lead to the element: the page has drifted. */
export type Resolution =
  | { state: 'found'; elements: { frame: Frame; index: number }[]; lost: string[] }
  | { state: 'absent' }
  | { state: 'unclear'; why: string };

/** The question to each frame: every way of the field, its values filled in, in order of trust. */
export function queryOf(field: Field, want: Want, values: Values): Query {
  const ways = LOCATOR_KINDS.flatMap((kind) =>
    [field[kind] ?? []].flat().map((template) => ({ kind, text: values.text(template) })),
  );
  return { want, ways, ...(field.row === undefined ? {} : { row: values.text(field.row) }) };
}

/**
 * Looks once for a field in all frames. Ways of the same kind are alternatives and give one vote together. With one
 * way, exactly one element must be found; with several, at least two must agree, and no other element have as many.
 */
export async function resolveField(screen: Screen, field: Field, query: Query): Promise<Resolution> {
  const found: { frame: Frame; index: number; kinds: Set<string> }[] = [];
  for (const frame of screen.frames(field.frame)) {
    for (const { index, ways } of (await callInPage(frame, 'search', query)) ?? []) {
      found.push({ frame, index, kinds: new Set(ways.map((way) => query.ways[way]?.kind ?? '')) });
    }
  }
  const kinds = new Set(query.ways.map((way) => way.kind));
  return field.every ? everyElement(found, kinds) : decide(found, kinds);
}

function everyElement(found: { frame: Frame; index: number }[], kinds: Set<string>): Resolution {
  return { state: 'found', elements: found, lost: found.length > 0 ? [] : [...kinds] };
}

/** The element on which the signals agree. */
export function decide<T extends { kinds: ReadonlySet<string> }>(
  found: readonly T[],
  kinds: ReadonlySet<string>,
): { state: 'found'; elements: T[]; lost: string[] } | { state: 'absent' } | { state: 'unclear'; why: string } {
  const most = Math.max(0, ...found.map((candidate) => candidate.kinds.size));
  if (most === 0) return { state: 'absent' };
  const best = found.filter((candidate) => candidate.kinds.size === most);
  const [winner] = best;
  if (best.length > 1 || !winner) {
    return { state: 'unclear', why: `${best.length} elements match equally well (by ${[...kinds].join(', ')})` };
  }
  if (most < Math.min(AGREEING_SIGNALS, kinds.size)) {
    return { state: 'unclear', why: `only ${[...winner.kinds].join()} still leads to it; two ways must agree` };
  }
  return { state: 'found', elements: [winner], lost: [...kinds].filter((kind) => !winner.kinds.has(kind)) };
}

/** Handles of the elements; undefined when the frame has moved on since. */
export async function handlesOf(
  elements: readonly { frame: Frame; index: number }[],
): Promise<FieldElement[] | undefined> {
  const handles: FieldElement[] = [];
  for (const { frame, index } of elements) {
    const handle = await keptElement(frame, index);
    if (!handle) return undefined;
    handles.push({ handle, frame });
  }
  return handles;
}
