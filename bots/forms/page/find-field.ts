import type { ElementHandle, Frame } from 'playwright-core';
import { LOCATOR_KINDS } from '../../../definitions/forms/field.ts';
import type { Field, LocatorKind } from '../../../definitions/forms/field.ts';
import type { FormDefinition } from '../../../definitions/forms/form.ts';
import type { Values } from '../values.ts';
import { decide } from './decide.ts';
import type { Decision } from './decide.ts';
import type { Query, Want } from './in-page.ts';
import { callInPage, keptElement } from './inject.ts';
import type { Screen } from './screen.ts';

export type FieldElement = { handle: ElementHandle<Element>; frame: Frame };
type Located = { frame: Frame; index: number };

/** What a look for a field came to. `lost` are the ways that did not lead to the element: the page has drifted. */
export type Resolution = Decision<Located>;

/** The question to each frame: every way of the field, its values filled in, in order of trust. */
export function queryOf(form: FormDefinition, field: Field, want: Want, values: Values): Query {
  const ways = LOCATOR_KINDS.flatMap((kind) =>
    [field[kind] ?? []].flat().map((template) => ({ kind, text: wayText(form, kind, values, template) })),
  );
  return { want, ways, ...(field.row === undefined ? {} : { row: values.text(field.row) }) };
}

/** Ways relative to another field carry the question for that field. */
function wayText(form: FormDefinition, kind: LocatorKind, values: Values, template: string): string {
  if (kind !== 'after' && kind !== 'before') return values.text(template);
  const { after: _after, before: _before, ...anchor } = form.fields[template] ?? {};
  return JSON.stringify(queryOf(form, anchor, 'any', values));
}

/**
 * Looks once for a field in all frames. `placeIn` gives for a frame where the field stood there when all ways held: one
 * more signal.
 */
export async function resolveField(
  screen: Screen,
  field: Field,
  query: Query,
  placeIn: (frame: Frame) => string | undefined = () => undefined,
): Promise<Resolution> {
  const found: (Located & { kinds: Set<string> })[] = [];
  const search = async (frame: Frame): Promise<void> => {
    const place = placeIn(frame);
    const ways = place === undefined ? query.ways : [...query.ways, { kind: 'place', text: place }];
    for (const { index, ways: led } of (await callInPage(frame, 'search', { ...query, ways })) ?? []) {
      found.push({ frame, index, kinds: new Set(led.map((way) => ways[way]?.kind ?? '')) });
    }
  };
  await Promise.all(screen.frames(field.frame).map(search));
  if (!field.every) return decide(found, query.ways);
  const lost = found.length > 0 ? [] : [...new Set(query.ways.map(({ kind }) => kind))];
  return { state: 'found', elements: found, lost };
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
