import { fieldOf, inTime, locate, soughtOf } from './act.ts';
import type { Target } from './act.ts';
import { singlePath } from '../../../core/forms/template.ts';
import type { Parameter } from '../../../core/forms/form.ts';
import { typeKeys } from './choose.ts';
import { isKept, spelledFor } from '../values/keep.ts';
import { cannotEncode, pageChanged, tooSlow, valueTooLong } from '../errors.ts';
import { afterStep } from '../job.ts';
import type { Job } from '../job.ts';
import { bounded } from '../page/bounded.ts';
import { resolveFields } from '../page/find-field.ts';
import type { Located } from '../page/find-field.ts';
import { callInPage, keptElement } from '../page/inject.ts';
import { remember } from './recognise.ts';
import { respell } from './respell.ts';

type Entry = { name: string; text: string; type: Parameter['type'] };
/** A field that all its ways lead to, and that takes its text as it is typed. */
type Ready = Entry & Located;

/**
 * Fills fields in order and reads each back. Those that stand on the page as described are found together, by one
 * question; what is in doubt, drifted or special is filled alone, with all the patience it needs.
 */
export async function fillFields(job: Job, templates: Readonly<Record<string, string>>): Promise<void> {
  let rest = Object.entries(templates).map(([name, template]) => {
    return { name, text: job.values.text(template), type: typeOf(job, template) };
  });
  if (rest.length > 0) job.screen.dirty = true;
  while (rest.length > 0) {
    rest = rest.slice(await fillReady(job, await readyOf(job, rest)));
    const [next, ...others] = rest;
    if (!next) return stroke(job);
    job.progress.note(`fill ${next.name}`);
    await fillAlone(job, next);
    // Most fields do nothing by themselves; those that do send the page off at once.
    if (job.screen.watch.busy) await afterStep(job);
    rest = others;
  }
}

/** A key that does nothing: pages that listen to keys, as for suggestions, hear of what was put in at once. */
async function stroke(job: Job): Promise<void> {
  if (!job.screen.watch.busy) await bounded(job.screen.page.keyboard.press('Shift'));
}

/** The first of the fields, up to the first one that has to be filled alone. */
async function readyOf(job: Job, entries: readonly Entry[]): Promise<Ready[]> {
  const sought = entries.map(({ name, text }) => soughtOf(job, name, 'fill', text));
  const resolutions = await resolveFields(job.screen, sought);
  const ready: Ready[] = [];
  for (const [i, entry] of entries.entries()) {
    const resolution = resolutions[i];
    if (resolution?.state !== 'found' || resolution.lost.length > 0 || sought[i]?.field.every) return ready;
    const [located] = resolution.elements;
    const { typed, unencodable, most = Infinity } = located?.sight.limits ?? { typed: false, unencodable: '' };
    if (!located || !typed || unencodable !== '' || entry.text.length > most) return ready;
    ready.push({ ...entry, ...located });
  }
  return ready;
}

/**
 * Types into the fields, one after the other. Gives how many it has filled: it stops where a field has set the page in
 * motion, or is no longer what all its ways lead to.
 */
async function fillReady(job: Job, ready: readonly Ready[]): Promise<number> {
  let before: Ready | undefined;
  for (const [done, field] of ready.entries()) {
    const { name, frame, ask, all, sight } = field;
    job.progress.note(`fill ${name}`);
    const picture = async () => {
      const handle = await keptElement(frame, sight.index);
      return handle ? { handle, frame } : undefined;
    };
    await remember(job, name, fieldOf(job, name), frame, sight.described, picture);
    const same = before?.frame === frame;
    if (before && !same) await readBack(job, before);
    const aimed = await callInPage(frame, 'aim', ask, all, sight.index, same ? before?.sight.index : undefined);
    if (before && same) await compare(job, before, aimed?.before);
    if (!aimed?.ready || job.screen.watch.busy) {
      if (job.screen.watch.busy) await afterStep(job);
      return done;
    }
    await type(job, field);
    before = field;
    if (!job.screen.watch.busy) continue;
    await readBack(job, before);
    await afterStep(job);
    return done + 1;
  }
  if (before) await readBack(job, before);
  return ready.length;
}

/** Real input, as from a keyboard, in place of what is selected. */
async function type(job: Job, { name, text, frame }: Ready): Promise<void> {
  const { keyboard } = frame.page();
  const typing = text === '' ? keyboard.press('Delete') : keyboard.insertText(text);
  if (
    await bounded(
      typing.then(() => true),
      job.screen.patienceMs,
    )
  )
    return;
  job.progress.throwIfAborted();
  throw tooSlow(`field "${name}"`, job.screen.form.target.patience);
}

async function readBack(job: Job, field: Ready): Promise<void> {
  await compare(job, field, await callInPage(field.frame, 'keptValue', field.sight.index));
}

/** What a field does not keep when it comes at once is typed key by key: masks and some frameworks hear keys alone. */
async function compare(job: Job, entry: Ready, kept: string | undefined): Promise<void> {
  const { name, text, type, frame } = entry;
  const { formats } = job.screen.form;
  if (kept === undefined) throw new Error(`the page left before field "${name}" could be read back`);
  if (isKept(text, kept, type, formats)) return;
  const handle = await keptElement(frame, entry.sight.index);
  await handle?.focus();
  await typeKeys(frame, text);
  const again = await callInPage(frame, 'keptValue', entry.sight.index);
  if (again === undefined || !isKept(text, again, type, formats)) {
    throw pageChanged(`field "${name}" took "${text}" as "${again ?? kept}"`);
  }
}

/** Waits for the field, whatever it is, writes into it and reads it back at once. */
async function fillAlone(job: Job, entry: Entry): Promise<void> {
  const { name, text: given } = entry;
  for (const target of await locate(job, name, 'fill', given)) {
    const { most = Infinity, unencodable: characters = '' } = target.sight.limits ?? {};
    const text = fieldOf(job, name).loose ? respell(given, characters).slice(0, most) : given;
    if (text.length > most) throw valueTooLong(name, text, most);
    if (text === given && characters !== '') throw cannotEncode(name, text, characters);
    await write(job, { ...entry, text }, target);
  }
}

async function write(job: Job, { name, text, type }: Entry, { handle, frame }: Target): Promise<void> {
  const { formats } = job.screen.form;
  const spelling = await handle.evaluate((element) =>
    element instanceof HTMLInputElement
      ? { kind: element.type, placeholder: element.placeholder }
      : { kind: '', placeholder: '' },
  );
  const spelled = spelledFor(spelling, text, type, formats);
  await inTime(job, name, () => handle.fill(spelled, { timeout: job.screen.patienceMs }));
  const kept = await shownIn(handle);
  if (isKept(spelled, kept, type, formats)) return;
  await handle.focus();
  await typeKeys(frame, spelled);
  const again = await shownIn(handle);
  if (!isKept(spelled, again, type, formats)) throw pageChanged(`field "${name}" took "${spelled}" as "${again}"`);
}

const shownIn = (handle: Target['handle']): Promise<string> =>
  handle.evaluate((element) =>
    element instanceof HTMLInputElement ||
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement
      ? element.value
      : (element as HTMLElement).innerText,
  );

function typeOf(job: Job, template: string): Parameter['type'] {
  const path = singlePath(template);
  return path ? job.values.at(path).type : 'text';
}
