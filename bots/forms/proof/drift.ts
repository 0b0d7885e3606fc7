import { createPatch } from 'diff';
import { parseDocument, stringify } from 'yaml';
import type { Field } from '../../../core/forms/field.ts';
import type { FormDefinition } from '../../../core/forms/form.ts';
import { sourceOf } from '../../../core/forms/load.ts';
import type { FileContent } from '../../../core/model/artefact.ts';
import type { Description } from '../page/in-page-place.ts';

/** A field that was found although some of its ways no longer lead there. */
export type Drift = { field: string; lost: string[] };

/** The same with all that is needed to mend the form file. */
export type DriftNote = Drift & {
  /** By what the field could be recognised now. */
  says: Description;
  /** Row of the table, where the field has one. */
  row?: string | undefined;
  before?: Uint8Array | undefined;
  after?: Uint8Array | undefined;
};

/** What an operator gets to see of drift: each field before and after, and a patch for the form file. */
export function driftFiles(form: FormDefinition, notes: Iterable<DriftNote>): FileContent[] {
  const all = [...notes];
  const pictures = all.flatMap(({ field, before, after }) => [
    ...(before ? [pictureFile(`drift-${field}-before`, before)] : []),
    ...(after ? [pictureFile(`drift-${field}-after`, after)] : []),
  ]);
  const patch = patchOf(form, all);
  return patch === undefined ? pictures : [...pictures, patch];
}

const pictureFile = (name: string, bytes: Uint8Array): FileContent => ({
  name: `${name.replaceAll(' ', '-')}.png`,
  mediaType: 'image/png',
  bytes,
});

/** A patch in unified format that teaches the form file the new page; `git apply` and `patch -p1` take it. */
function patchOf(form: FormDefinition, notes: readonly DriftNote[]): FileContent | undefined {
  const source = sourceOf(form);
  if (!source) return undefined;
  const edits = notes.flatMap((note) => editsOf(form, source.text, note)).sort((a, b) => b.start - a.start);
  if (edits.length === 0) return undefined;
  let text = source.text;
  for (const { start, end, value } of edits) text = text.slice(0, start) + value + text.slice(end);
  const patch = createPatch(source.file, source.text, text, 'as it is', 'as the page is now');
  return {
    name: `${form.form}.patch`,
    mediaType: 'text/x-diff',
    bytes: new TextEncoder().encode(patch),
  };
}

type Edit = { start: number; end: number; value: string };

/** New texts in the place of old ones; everything else of the file stays as its author wrote it. */
function editsOf(form: FormDefinition, text: string, note: DriftNote): Edit[] {
  const field = form.fields[note.field];
  if (!field) return [];
  const document = parseDocument(text);
  return Object.entries(newWays(field, note)).flatMap(([kind, value]) => {
    const node = document.getIn(['fields', note.field, kind], true) as { range?: [number, number, number] } | undefined;
    const [start, end] = node?.range ?? [];
    if (start === undefined || end === undefined) return [];
    // JSON is YAML's flow style, in quotes only where the text needs them.
    return [{ start, end, value: stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd() }];
  });
}

/** What the lost ways would have to say now. A selector that quotes a lost name quotes the new one. */
export function newWays(field: Field, { lost, says, row }: DriftNote): Record<string, string> {
  const ways: Record<string, string> = {};
  for (const kind of ['label', 'name', 'button', 'link', 'column'] as const) {
    const now = says[kind];
    if (lost.includes(kind) && now !== undefined) ways[kind] = templated(now, field[kind], row);
  }
  for (const kind of ['css', 'xpath'] as const) {
    const old = field[kind];
    if (!lost.includes(kind) || typeof old !== 'string') continue;
    for (const [changed, now] of Object.entries(ways)) {
      const before = [field[changed as 'name'] ?? []].flat()[0];
      if (before !== undefined && before !== '' && old.includes(before)) ways[kind] = old.replaceAll(before, now);
    }
  }
  return ways;
}

/** `G_051_2` found in row 2 for `F_051_{row}` becomes `G_051_{row}`. */
function templated(now: string, old: string | string[] | undefined, row: string | undefined): string {
  const had = [old ?? []].flat().some((text) => text.includes('{row}'));
  const at = row === undefined || !had ? -1 : now.lastIndexOf(row);
  return at < 0 ? now : `${now.slice(0, at)}{row}${now.slice(at + (row?.length ?? 0))}`;
}
