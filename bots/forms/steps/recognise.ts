import type { Field } from '../../../core/forms/field.ts';
import { LOCATOR_KINDS } from '../../../core/forms/field.ts';
import { parseTemplate } from '../../../core/forms/template.ts';
import type { Job } from '../job.ts';
import { bounded } from '../page/bounded.ts';
import type { FieldElement } from '../page/find-field.ts';
import type { Description } from '../page/in-page-place.ts';

/** What is shown of the page around a field: enough to tell it by its label and its neighbours. */
const AROUND = { x: 260, y: 48 };
/** A picture of one field is a convenience: a page that does not give it in this time is not waited for. */
const PICTURE_LIMIT_MS = 3_000;

/** What the page says of an element that was found, and where it stands. */
export type Described = { place: string; says: Description };

/**
 * What a field is remembered by: its name, its row, and the path of its page. Undefined where its ways depend on values
 * of the run, so that it is another element each time.
 */
function memoryKey(job: Job, name: string, field: Field, frame: FieldElement['frame']): string | undefined {
  if (field.every || field.moves || job.loggingIn) return undefined;
  const texts = LOCATOR_KINDS.flatMap((kind) => [field[kind] ?? []].flat());
  if (texts.some(dependsOnValues)) return undefined;
  const row = field.row === undefined ? '' : ` row ${job.values.text(field.row)}`;
  return `${name}${row} at ${pathOf(frame.url())}`;
}

const pathOf = (address: string): string => (URL.canParse(address) ? new URL(address).pathname : address);

/** True where the text is another one in each run; the number of a row is not. */
export function dependsOnValues(template: string): boolean {
  return parseTemplate(template).some((part) => 'path' in part && part.path.join('.') !== 'row');
}

/** Where the field stood in a page of that address when all its ways held. */
export function placeIn(job: Job, name: string, field: Field, frame: FieldElement['frame']): string | undefined {
  const key = memoryKey(job, name, field, frame);
  return key === undefined ? undefined : job.seen.get(key)?.place;
}

/** True where the field is remembered in a page of that address. */
export const isRemembered = (job: Job, name: string, field: Field, frame: FieldElement['frame']): boolean =>
  memoryKey(job, name, field, frame) !== undefined;

/** Remembers a field that all its ways have led to; takes the picture of its element the first time. */
export async function remember(
  job: Job,
  name: string,
  field: Field,
  frame: FieldElement['frame'],
  described: Described | undefined,
  element: () => Promise<FieldElement | undefined>,
): Promise<void> {
  const key = memoryKey(job, name, field, frame);
  if (key === undefined) return;
  const known = job.memory.noted(job.screen.form, key) ?? job.seen.get(key);
  if (!described || known?.place === described.place) return;
  const shown = known?.picture === undefined ? await element() : undefined;
  const picture = known?.picture ?? (shown && (await pictureOf(shown)))?.toString('base64');
  job.memory.note(job.screen.form, key, { place: described.place, ...(picture === undefined ? {} : { picture }) });
}

/** Notes drift once a run and field: what is lost, what the page says now, the field before and after. */
export async function noteDrift(
  job: Job,
  name: string,
  field: Field,
  lost: string[],
  element: FieldElement,
  described: Described | undefined,
): Promise<void> {
  if (job.drift.has(name)) return;
  const key = memoryKey(job, name, field, element.frame);
  const before = key === undefined ? undefined : job.seen.get(key)?.picture;
  const says: Description = described?.says ?? {};
  job.drift.set(name, {
    field: name,
    lost,
    says,
    row: field.row === undefined ? undefined : job.values.text(field.row),
    before: before === undefined ? undefined : Buffer.from(before, 'base64'),
    after: await pictureOf(element),
  });
}

/** The field and what is around it, PNG; never on a login page, which is not remembered. */
async function pictureOf({ handle, frame }: FieldElement): Promise<Buffer | undefined> {
  const box = await bounded(handle.boundingBox());
  if (!box) return undefined;
  const clip = {
    x: Math.max(0, box.x - AROUND.x),
    y: Math.max(0, box.y - AROUND.y),
    width: box.width + AROUND.x + Math.min(AROUND.x, box.x),
    height: box.height + AROUND.y + Math.min(AROUND.y, box.y),
  };
  const picture = frame.page().screenshot({ type: 'png', clip, timeout: PICTURE_LIMIT_MS, animations: 'disabled' });
  return bounded(picture, PICTURE_LIMIT_MS);
}
