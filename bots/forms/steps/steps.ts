import { errors } from 'playwright-core';
import { committed } from '../../../core/forms/step.ts';
import type { Step } from '../../../core/forms/step.ts';
import { businessException, ProblemError } from '../../../core/model/problem.ts';
import { fieldOf, pressField, readField, tickField } from './act.ts';
import { actOf } from './acts.ts';
import { attach } from './attach.ts';
import { chooseOption } from './choose.ts';
import { equal } from '../values/compare.ts';
import { HeldBack, pageChanged, Refused, targetDown, tooSlow } from '../errors.ts';
import { fillFields } from './fill.ts';
import { afterStep, isSeen } from '../job.ts';
import type { Job } from '../job.ts';
import { followMenu } from './menu.ts';
import { download, readTable, upload } from './tables.ts';

/** Does steps in order. What they read is in `job.values` afterwards. */
export async function doSteps(job: Job, steps: readonly Step[]): Promise<void> {
  for (const step of steps) await doStep(job, step);
}

async function doStep(job: Job, step: Step): Promise<void> {
  if (step.open !== undefined) return openPage(job, job.values.text(step.open));
  if (step.menu !== undefined) {
    job.progress.note(`menu ${step.menu}`);
    return followMenu(job, job.values.text(step.menu));
  }
  if (step.press !== undefined) {
    job.progress.note(`press ${step.press}`);
    return press(job, step.press);
  }
  if (step.commit !== undefined) return commit(job, committed(step.commit));
  if (step['wait for'] !== undefined) return waitFor(job, step['wait for']);
  if (step['stop if'] !== undefined) return stopIf(job, step['stop if']);
  if (step.repeat !== undefined) return repeat(job, step.repeat);
  if (step.when !== undefined) {
    if (await holds(job, step.when)) await doSteps(job, step.when.do);
    return undefined;
  }
  if (step['read table'] !== undefined) return readTable(job, step['read table']);
  if (step.upload !== undefined) return upload(job, step.upload);
  if (step.attach !== undefined) return attach(job, step.attach);
  const act = actOf(step);
  if (act) return act(job);
  if (step.download !== undefined) return download(job, step.download);
  return enter(job, step);
}

/** The verbs that go field by field. */
async function enter(job: Job, step: Step): Promise<void> {
  await fillFields(job, step.fill ?? {});
  for (const [name, template] of Object.entries(step.choose ?? {})) {
    job.progress.note(`choose ${name}`);
    await chooseOption(job, name, job.values.text(template));
    await afterStep(job);
  }
  for (const [name, on] of Object.entries(step.tick ?? {})) {
    job.progress.note(`tick ${name}`);
    await tickField(job, name, on);
    if (job.screen.watch.busy) await afterStep(job);
  }
  for (const [name, template] of Object.entries(step.check ?? {})) {
    job.progress.note(`check ${name}`);
    await checkField(job, name, template);
  }
  for (const [value, name] of Object.entries(step.read ?? {})) {
    job.progress.note(`read ${name}`);
    job.values = job.values.with(value, await readField(job, name));
  }
}

/** Opens an address of the target in the main window. */
export async function openPage(job: Job, path: string): Promise<void> {
  job.progress.note(`open ${path}`);
  await job.screen.closePopups();
  try {
    await job.screen.page.goto(new URL(path, job.base).href, { timeout: job.screen.patienceMs });
  } catch (error) {
    job.progress.throwIfAborted();
    job.screen.watch.throwTrouble();
    if (error instanceof errors.TimeoutError) throw tooSlow(`opening ${path}`, job.screen.form.target.patience);
    throw targetDown(new URL(path, job.base).href, error);
  }
  await afterStep(job);
}

/** A press without a lasting effect, as far as the form file knows. A dry run takes no word for it but `harmless`. */
async function press(job: Job, name: string): Promise<void> {
  const { watch } = job.screen;
  watch.harmless = fieldOf(job, name).harmless ?? false;
  try {
    if (watch.holding && watch.talks && !watch.harmless) throw new HeldBack(`"${name}" was not pressed: ${SOCKET}`);
    await pressField(job, name);
    await afterStep(job);
  } finally {
    watch.harmless = false;
  }
}

const SOCKET =
  'the page talks over a socket, so what a press does cannot be seen; mark the field with `harmless: true` if it changes nothing';

/** A press that cannot be taken back. From here on the outcome is unknown until the record is found. */
async function commit(job: Job, name: string): Promise<void> {
  const { context } = job.progress;
  job.progress.note(`commit ${name}`);
  const before = async (): Promise<void> => {
    await job.presses.before();
    await context.beforeEffect?.();
  };
  if (context.attend) {
    await before();
    if ((await context.attend()) === 'bot') await pressField(job, name);
  } else await pressOnce(job, name, before);
  await context.afterEffect?.();
  try {
    await afterStep(job);
  } catch (error) {
    if (error instanceof Refused) await job.presses.undone();
    throw error;
  }
  job.presses.after();
}

/** A press that the browser could not make (the button is covered, or gone), with nothing sent meanwhile, is none. */
async function pressOnce(job: Job, name: string, before: () => Promise<void>): Promise<void> {
  const { watch } = job.screen;
  let sentBefore: number | undefined;
  try {
    await pressField(job, name, async () => {
      await before();
      sentBefore = watch.sent;
    });
  } catch (error) {
    if (error instanceof ProblemError && sentBefore === watch.sent && !watch.talks) await job.presses.undone();
    throw error;
  }
}

/** A total that is not right after so long is wrong. */
const CHECK_LIMIT_MS = 10_000;

async function checkField(job: Job, name: string, template: string): Promise<void> {
  let shown = '';
  const right = async (): Promise<true | undefined> => {
    shown = await readField(job, name);
    return equal(job, template, shown) ? true : undefined;
  };
  // What the page computes may come late.
  if (await job.screen.until(job.progress, right, Math.min(job.screen.patienceMs, CHECK_LIMIT_MS))) return;
  const detail = `the target shows "${shown}" in "${name}", not "${job.values.text(template)}"; nothing was written`;
  throw businessException('differs-before-commit', detail);
}

async function waitFor(job: Job, seen: NonNullable<Step['wait for']>): Promise<void> {
  const what = typeof seen === 'string' ? `"${job.values.text(seen)}"` : `field "${seen.field}"`;
  job.progress.note(`wait for ${what}`);
  const found = await job.screen.until(job.progress, async () => ((await isSeen(job, seen)) ? true : undefined));
  if (!found) throw pageChanged(`${what} did not appear within ${job.screen.form.target.patience} s`);
}

async function stopIf(job: Job, stop: NonNullable<Step['stop if']>): Promise<void> {
  if (await isSeen(job, stop.seen)) throw businessException(stop.as, job.values.text(stop.because));
}

async function repeat(job: Job, { for: list, as, do: steps }: NonNullable<Step['repeat']>): Promise<void> {
  const outside = job.values;
  for (const [index, { item, of }] of outside.items(list).entries()) {
    job.values = outside.with('row', String(index + 1)).with(as, item, { type: 'list', of });
    await doSteps(job, steps);
  }
  job.values = outside;
}

async function holds(job: Job, when: NonNullable<Step['when']>): Promise<boolean> {
  if (when.seen !== undefined && !(await isSeen(job, when.seen))) return false;
  if (when.value === undefined) return true;
  const text = job.values.text(when.value);
  return when.is === undefined ? text !== '' : text === job.values.text(when.is);
}
