import type { Frame } from 'playwright-core';
import { pageChanged, unknownOption } from '../errors.ts';
import { afterStep } from '../job.ts';
import type { Job } from '../job.ts';
import { callInPage, keptElement } from '../page/inject.ts';
import { bounded } from '../page/bounded.ts';
import { fieldOf, inTime, locate } from './act.ts';
import type { Target } from './act.ts';
import { optionIndex } from './option.ts';

/** Business exception of an option that is not there, unless the field names another. */
const UNKNOWN_OPTION = 'unknown-option';
/** A list that opens shows itself within this; one that stays empty wants to be searched. */
const OPENS_WITHIN_MS = 400;
/** A list that has something else is waited for so long: it may still be searching. */
const SEARCHES_WITHIN_MS = 2_500;
/** The field shows what was chosen within this. */
const SHOWS_WITHIN_MS = 3_000;

/** Chooses an option by its text, its value, or the code that exactly one option begins with ("5700" of "5700--Rent"). */
export async function chooseOption(job: Job, name: string, text: string): Promise<void> {
  const code = fieldOf(job, name).unknown ?? UNKNOWN_OPTION;
  for (const target of await locate(job, name, 'choose')) {
    const options = await optionsOf(target);
    if (options) await chooseInSelect(job, { name, code, text }, target, options);
    else await chooseInList(job, { name, code, text }, target);
  }
}

type Choice = { name: string; code: string; text: string };
type Option = { value: string; label: string; selected: boolean };

/** The options of a plain `select`; undefined for everything else. */
function optionsOf({ handle }: Target): Promise<Option[] | undefined> {
  return handle.evaluate((element) =>
    element instanceof HTMLSelectElement
      ? [...element.options].map(({ value, label, selected }) => ({ value, label: label.trim(), selected }))
      : undefined,
  );
}

async function chooseInSelect(job: Job, { name, code, text }: Choice, { handle }: Target, options: Option[]) {
  const index = optionIndex(options, text);
  if (index === undefined) {
    const labels = options.map(({ label }) => label);
    throw unknownOption(code, name, text, labels);
  }
  // An option that is chosen already needs no event, which could start a round trip.
  if (options[index]?.selected) return;
  const already = await handle.evaluate((select) =>
    (select as HTMLSelectElement).multiple
      ? [...(select as HTMLSelectElement).selectedOptions].map((o) => o.index)
      : [],
  );
  const indexes = [...already, index].map((one) => ({ index: one }));
  await inTime(job, name, () => handle.selectOption(indexes, { timeout: job.screen.patienceMs }));
}

/**
 * Opens the list as a person does, types where it searches, scrolls where it is long, and clicks the option. Then the
 * field must show it.
 */
async function chooseInList(job: Job, choice: Choice, target: Target): Promise<void> {
  const { frame, handle } = target;
  if (await shows(target, choice.text)) return;
  await callInPage(frame, 'beforeOpening');
  await inTime(job, choice.name, () => handle.scrollIntoViewIfNeeded({ timeout: job.screen.patienceMs }));
  const box = await handle.boundingBox();
  if (!box) throw pageChanged(`field "${choice.name}" is not on the screen any more`);
  // What toolkits draw over the input belongs to the field: the click is for whatever is there.
  await frame.page().mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  const label = await clickOption(job, choice, frame);
  await afterStep(job);
  const end = Date.now() + SHOWS_WITHIN_MS;
  while (!(await shows(target, label))) {
    if (Date.now() > end) throw pageChanged(`field "${choice.name}" does not show "${label}" after it was chosen`);
    await job.progress.sleep(50);
  }
}

/** Waits for the option and clicks it. Gives its text. */
async function clickOption(job: Job, { name, code, text }: Choice, frame: Frame): Promise<string> {
  const start = Date.now();
  let typed = false;
  let since = start;
  let labels: string[] = [];
  while (Date.now() - start < job.screen.patienceMs) {
    labels = (await callInPage(frame, 'optionsNow')) ?? [];
    const index =
      optionIndex(
        labels.map((label) => ({ label, value: label })),
        text,
      ) ?? labels.indexOf(text.trim());
    const option = index < 0 ? undefined : await keptElement(frame, index);
    if (option) {
      await inTime(job, name, () => option.click({ timeout: job.screen.patienceMs }));
      return labels[index] ?? text;
    }
    const waited = Date.now() - since;
    if (!typed && waited > OPENS_WITHIN_MS && (await callInPage(frame, 'isTyping'))) {
      typed = true;
      since = Date.now();
      await typeKeys(frame, text);
    } else if (labels.length > 0 && waited > (typed ? SEARCHES_WITHIN_MS : OPENS_WITHIN_MS)) {
      if (!(await callInPage(frame, 'scrollOptions'))) break;
    }
    await job.progress.sleep(50);
  }
  await frame.page().keyboard.press('Escape');
  throw unknownOption(code, name, text, [...new Set(labels)]);
}

/** Types as a person does, key by key, in place of what stands there. */
export async function typeKeys(frame: Frame, text: string): Promise<void> {
  const { keyboard } = frame.page();
  await keyboard.press('ControlOrMeta+A');
  if (text === '') await keyboard.press('Delete');
  else await keyboard.type(text);
}

async function shows({ handle, frame }: Target, label: string): Promise<boolean> {
  const texts = await bounded(
    frame.evaluate(
      ([element, space]) =>
        (globalThis as unknown as Record<string, { shownBy(of: Element): string[] }>)[space]?.shownBy(element) ?? [],
      [handle, 'zapleczeForms'] as const,
    ),
  );
  return texts?.includes(label.replace(/\s+/g, ' ').trim()) ?? false;
}
