import type { ElementHandle, Frame } from 'playwright-core';
import { LOCATOR_KINDS } from '../../../core/forms/field.ts';
import type { Field, LocatorKind } from '../../../core/forms/field.ts';
import type { FormDefinition } from '../../../core/forms/form.ts';
import type { Values } from '../values/values.ts';
import { decide } from './decide.ts';
import type { Decision } from './decide.ts';
import type { Ask, Sight } from './in-page-look.ts';
import type { Query, Want } from './in-page.ts';
import { callInPage, keptElement } from './inject.ts';
import type { Screen } from './screen.ts';

export type FieldElement = { handle: ElementHandle<Element>; frame: Frame };

/** An element in its frame, with the question that led to it and all that the question led to there. */
export type Located = { frame: Frame; sight: Sight; ask: Ask; all: Sight[] };

/** What a look for a field came to. `lost` are the ways that did not lead to the element: the page has drifted. */
export type Resolution = Decision<Located>;

/** A field to be looked for. */
export type Sought = {
  field: Field;
  query: Query;
  /** What is to be written into it. */
  text?: string;
  /** Where the field stood in a page of that address when all its ways held: one more signal. */
  placeIn?: (frame: Frame) => string | undefined;
  /** True where it is worth knowing how the field stands on the page now. */
  describe?: (frame: Frame) => boolean;
};

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

/** Looks once for a field in all frames. */
export async function resolveField(screen: Screen, sought: Sought): Promise<Resolution> {
  const [resolution] = await resolveFields(screen, [sought]);
  return resolution ?? { state: 'absent' };
}

/** Looks once for several fields, with one question to each frame. */
export async function resolveFields(screen: Screen, all: readonly Sought[]): Promise<Resolution[]> {
  const found = all.map((): (Located & { kinds: Set<string> })[] => []);
  const look = async (frame: Frame): Promise<void> => {
    const here = all.flatMap((sought, at) => (isIn(frame, sought.field) ? [{ at, ask: askOf(sought, frame) }] : []));
    if (here.length === 0) return;
    const answers = await callInPage(
      frame,
      'lookAt',
      here.map(({ ask }) => ask),
    );
    for (const [i, { at, ask }] of here.entries()) {
      const sights = answers?.[i] ?? [];
      for (const sight of sights) {
        const kinds = new Set(sight.ways.map((way) => ask.ways[way]?.kind ?? ''));
        found[at]?.push({ frame, sight, ask, all: sights, kinds });
      }
    }
  };
  await Promise.all(screen.frames().map(look));
  return all.map(({ field, query }, at) => decided(field, query, found[at] ?? []));
}

const isIn = (frame: Frame, { frame: name }: Field): boolean => name === undefined || frame.name() === name;

function askOf({ query, text, placeIn, describe }: Sought, frame: Frame): Ask {
  const place = placeIn?.(frame);
  return {
    ...query,
    ways: place === undefined ? query.ways : [...query.ways, { kind: 'place', text: place }],
    ...(text === undefined ? {} : { text }),
    describe: describe?.(frame) ?? false,
  };
}

function decided(field: Field, query: Query, found: (Located & { kinds: Set<string> })[]): Resolution {
  if (!field.every) return decide(found, query.ways);
  const lost = found.length > 0 ? [] : [...new Set(query.ways.map(({ kind }) => kind))];
  return { state: 'found', elements: found, lost };
}

/** Handles of the elements; undefined when the frame has moved on since. */
export async function handlesOf(elements: readonly Located[]): Promise<FieldElement[] | undefined> {
  const handles: FieldElement[] = [];
  for (const { frame, sight } of elements) {
    const handle = await keptElement(frame, sight.index);
    if (!handle) return undefined;
    handles.push({ handle, frame });
  }
  return handles;
}

/** A message lists so many texts of the page, each up to so many characters: a person reads it. */
const OFFERED = 12;
const OFFERED_CHARS = 60;

/** What the page offers in place of a field that is not there, in words; empty where it offers nothing. */
export async function offeredInWords(screen: Screen, want: Want): Promise<string> {
  const answers = await Promise.all(screen.frames().map((frame) => callInPage(frame, 'offered', want)));
  const texts = [...new Set(answers.flatMap((texts) => texts ?? []))];
  if (texts.length === 0) return '';
  const shown = texts.slice(0, OFFERED).map((text) => `"${text.slice(0, OFFERED_CHARS)}"`);
  return `; the page has ${shown.join(', ')}${texts.length > OFFERED ? ' and more' : ''}`;
}
