import type { ConfirmSection, FindSection } from '../../../core/forms/form.ts';
import { applicationException } from '../../../core/model/problem.ts';
import { beginAgain, jobOf, pictureOf, withDrift } from '../begin.ts';
import type { Kept } from '../begin.ts';
import { isSeen } from '../job.ts';
import type { Job } from '../job.ts';
import { look, verify } from './look.ts';
import type { FoundRecord } from './look.ts';
import type { Screen } from '../page/screen.ts';
import type { Progress } from '../progress.ts';
import type { FormRequest, FormResult } from '../request.ts';
import { doSteps } from '../steps/steps.ts';

/** Between two looks for a record that a server may still be writing. */
const LOOK_AGAIN_MS = 1_000;

/**
 * Look, write, read back, prove. Each part begins at the start page, the safe point. Whatever happens in between, running
 * this again is safe: it looks first, and looks longer when an earlier run was cut off at the press.
 */
export async function writeOnce(
  screen: Screen,
  kept: Kept,
  request: FormRequest,
  progress: Progress,
): Promise<FormResult> {
  const { form, target } = request;
  const { intents } = kept;
  const intent = [target.url, form.form, request.key].join('\n');
  const job = await jobOf(screen, kept, request, progress, () => intents.note(intent));
  const begin = (): Promise<Job> => beginAgain(job, target);
  if (!form.find || !form.confirm) {
    const only = await begin();
    await doSteps(only, form.write);
    const done = [await pictureOf(request, only, 'done')];
    return { outcome: 'written', readBack: {}, ...tablesOf(only), ...withDrift(only, done) };
  }
  const since = await intents.pending(intent);
  const patience = since === undefined ? 0 : since + screen.patienceMs - Date.now();
  const there = await lookFor(begin, form.find, patience);
  if (there) {
    await intents.clear(intent);
    return prove(there.job, form.confirm, there.found, 'already-there', request);
  }
  const writing = await begin();
  await doSteps(writing, form.write);
  const { seen } = form.confirm;
  const said =
    seen === undefined ||
    (await screen.until(progress, async () => ((await isSeen(writing, seen)) ? true : undefined)));
  const written = await lookFor(begin, form.find, screen.patienceMs);
  if (!written || !said) throw notConfirmed(form.target.name, written, seen);
  const result = await prove(written.job, form.confirm, written.found, 'written', request);
  await intents.clear(intent);
  return result;
}

/** Looks once, and again until the time is over. */
async function lookFor(
  begin: () => Promise<Job>,
  find: FindSection,
  patienceMs: number,
): Promise<{ job: Job; found: FoundRecord } | undefined> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const job = await begin();
    const found = await look(job, find);
    if (found) return { job, found };
    if (Date.now() > end) return undefined;
    await job.progress.sleep(LOOK_AGAIN_MS);
  }
}

async function prove(
  job: Job,
  confirm: ConfirmSection,
  found: FoundRecord,
  outcome: FormResult['outcome'],
  request: FormRequest,
): Promise<FormResult> {
  const inList = await pictureOf(request, job, 'found');
  const verified = await verify(job, confirm, found);
  const opened = confirm.steps.length > 0 ? [await pictureOf(request, job, 'record')] : [];
  return { outcome, ...verified, ...tablesOf(job), ...withDrift(job, [inList, ...opened]) };
}

const tablesOf = ({ tables }: Job): Pick<FormResult, 'tables'> =>
  tables.size === 0 ? {} : { tables: Object.fromEntries(tables) };

function notConfirmed(target: string, written: unknown, seen: unknown): Error {
  const what = written
    ? `the confirmation ${JSON.stringify(seen)} did not appear`
    : 'the record is not found afterwards';
  return applicationException('runtime', `${target} took the form, but ${what}; the next attempt looks first`, {
    retryable: true,
  });
}
