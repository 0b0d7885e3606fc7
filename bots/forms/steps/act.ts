import { errors } from 'playwright-core';
import type { Frame } from 'playwright-core';
import type { Field } from '../../../core/forms/field.ts';
import { pageChanged, tooSlow } from '../errors.ts';
import { afterStep, throwIfSignedOut } from '../job.ts';
import type { Job } from '../job.ts';
import { isRemembered, noteDrift, placeIn, remember } from './recognise.ts';
import type { Way } from '../page/decide.ts';
import { handlesOf, offeredInWords, queryOf, resolveField } from '../page/find-field.ts';
import type { FieldElement, Resolution } from '../page/find-field.ts';
import { bounded } from '../page/bounded.ts';
import { callInPage } from '../page/inject.ts';
import type { Sight } from '../page/in-page-look.ts';
import type { Want } from '../page/in-page.ts';

/** A change of the page must stand for so long before it is believed. */
const DRIFT_STANDS_MS = 500;

/** So much of a banner's text is enough to know it by. */
const COVER_CHARS = 80;

/** An element of a field, with what the look for it has told. */
export type Target = FieldElement & { sight: Sight };

/**
 * The elements of a field: one, or with `every` any number. Waits for them as long as the target's patience. `text` is
 * what is to be written there.
 * @throws when the page does not have the field, or two elements could be meant: the bot never guesses.
 */
export async function locate(job: Job, name: string, want: Want, text?: string): Promise<Target[]> {
  const { field, ...sought } = soughtOf(job, name, want, text);
  let last = { state: 'absent' } as Resolution;
  let driftedSince: number | undefined;
  const targets = await job.screen.until(job.progress, async () => {
    last = await resolveField(job.screen, {
      field,
      ...sought,
      describe: (frame) => driftedSince !== undefined || sought.describe(frame),
    });
    if (last.state !== 'found') {
      await throwIfSignedOut(job);
      return undefined;
    }
    // A page that is still being built looks like a changed one.
    driftedSince = last.lost.length === 0 ? undefined : (driftedSince ?? Date.now());
    if (driftedSince !== undefined && Date.now() - driftedSince < DRIFT_STANDS_MS && !field.every) return undefined;
    const { elements } = last;
    const handles = await handlesOf(elements);
    return handles && elements.flatMap(({ sight }, i) => (handles[i] ? [{ ...handles[i], sight }] : []));
  });
  if (targets && last.state === 'found') {
    const [target] = targets;
    if (!target || field.every) return targets;
    if (last.lost.length > 0) await noteDrift(job, name, field, last.lost, target, target.sight.described);
    else await remember(job, name, field, target.frame, target.sight.described, () => Promise.resolve(target));
    return targets;
  }
  const ways = sought.query.ways.map(wayInWords).join(', ');
  const why =
    last.state === 'unclear' ? last.why : `nothing is found by ${ways}${await offeredInWords(job.screen, want)}`;
  throw pageChanged(`field "${name}" of form ${job.screen.form.form}: ${why} (${job.progress.doing})`);
}

/** The field as it is looked for, with what is remembered of it. */
export function soughtOf(job: Job, name: string, want: Want, text?: string) {
  const field = fieldOf(job, name);
  return {
    field,
    query: queryOf(job.screen.form, field, want, job.values),
    ...(text === undefined ? {} : { text }),
    placeIn: (frame: Frame) => placeIn(job, name, field, frame),
    describe: (frame: Frame) => isRemembered(job, name, field, frame),
  };
}

const wayInWords = ({ kind, text }: Way): string =>
  kind === 'after' || kind === 'before' ? `${kind} another field` : `${kind} "${text}"`;

export async function tickField(job: Job, name: string, on: boolean): Promise<void> {
  for (const { handle } of await locate(job, name, 'tick')) {
    await inTime(job, name, () => handle.setChecked(on, { timeout: job.screen.patienceMs }));
  }
}

/**
 * Clicks once. A window that closes under the click, as pop-ups do, has been clicked. `before` is called when the field
 * is found and nothing but the click is left.
 */
export async function pressField(job: Job, name: string, before?: () => Promise<void>): Promise<void> {
  let [element] = await locate(job, name, 'press');
  if (element && job.screen.dirty && (await keptAlone(element)) && (await leaveField(job))) {
    [element] = await locate(job, name, 'press');
  }
  if (!element) return;
  const [missing] = element.sight.required ?? [];
  if (missing !== undefined) throw pageChanged(`the page requires "${missing}", which the form file does not fill`);
  const pressed = element;
  await before?.();
  try {
    await inTime(job, name, () => pressed.handle.click({ timeout: job.screen.patienceMs, noWaitAfter: true }));
  } catch (error) {
    const cover = pressed.frame.page().isClosed() ? undefined : await coverOf(pressed);
    if (cover !== undefined)
      throw pageChanged(
        `"${cover}" covers field "${name}"; close it first, for example by a step with \`when: { seen: … }\``,
      );
    if (!element.frame.page().isClosed()) throw error;
  }
}

/** The words of what lies over an element, as a banner or a dialog does; undefined where nothing does. */
async function coverOf({ handle }: Target): Promise<string | undefined> {
  const words = handle.evaluate((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const top = document.elementFromPoint(x + width / 2, y + height / 2);
    if (!top || element.contains(top) || top.contains(element)) return undefined;
    return ((top as HTMLElement).innerText ?? '').replace(/\s+/g, ' ').trim() || top.localName;
  });
  return (await bounded(words))?.slice(0, COVER_CHARS);
}

/** True where leaving the field before does not take the element away, as it does with a list of suggestions. */
async function keptAlone({ frame, sight }: Target): Promise<boolean> {
  return (await callInPage(frame, 'keptStandsAlone', sight.index)) ?? false;
}

/**
 * Leaves the field that was filled last, as a person does by going on: pages compute and send when a field is left. True
 * where the page did something.
 */
export async function leaveField(job: Job): Promise<boolean> {
  job.screen.dirty = false;
  const frames = job.screen.page.frames();
  const stirred = await Promise.all(frames.map((frame) => callInPage(frame, 'leaveFocused')));
  if (!stirred.includes(true) && !stirred.includes(undefined) && !job.screen.watch.busy) return false;
  await afterStep(job);
  return true;
}

/** Value of a field, or the text that stands there. */
export async function readField(job: Job, name: string): Promise<string> {
  if (job.screen.dirty) await leaveField(job);
  const [element] = await locate(job, name, 'read');
  if (!element) return '';
  const text = await element.handle.evaluate((node) => {
    if (node instanceof HTMLSelectElement) return node.selectedOptions[0]?.textContent ?? '';
    if (node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement) return node.value;
    return node.textContent ?? '';
  });
  return text.replace(/\s+/g, ' ').trim();
}

export function fieldOf(job: Job, name: string): Field {
  const field = job.screen.form.fields[name];
  if (!field) throw pageChanged(`form ${job.screen.form.form} has no field "${name}"`);
  return field;
}

export async function inTime<T>(job: Job, name: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    job.progress.throwIfAborted();
    if (error instanceof errors.TimeoutError) throw tooSlow(`field "${name}"`, job.screen.form.target.patience);
    throw error;
  }
}
