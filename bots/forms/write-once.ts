import type { ConfirmSection, FindSection } from '../../definitions/forms/form.ts';
import type { FileContent } from '../../definitions/model/artefact.ts';
import { applicationException } from '../../definitions/model/problem.ts';
import { driftFiles } from './drift.ts';
import type { DriftNote } from './drift.ts';
import type { Intents } from './intents.ts';
import { isSeen } from './job.ts';
import type { Job } from './job.ts';
import { look, verify } from './look.ts';
import type { FoundRecord } from './look.ts';
import type { Memory } from './memory.ts';
import type { Screen } from './page/screen.ts';
import type { Progress } from './progress.ts';
import { takePicture } from './proof.ts';
import type { FormRequest, FormResult } from './request.ts';
import { openStart } from './sign-in.ts';
import { doSteps } from './steps.ts';
import { Values } from './values.ts';

/** What outlives a run. */
export type Kept = { intents: Intents; memory: Memory };

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
  const intent = [target.url, form.form, request.key].join('\n');
  const drift = new Map<string, DriftNote>();
  const { intents, memory } = kept;
  const job: Job = {
    screen,
    progress,
    values: Values.ofRun(form, request.values),
    base: target.url,
    drift,
    memory,
    seen: new Map(await memory.open(form)),
    loggingIn: false,
    beforeCommit: () => intents.note(intent),
  };
  const begin = async (): Promise<Job> => {
    const fresh = { ...job };
    await openStart(fresh, target);
    return fresh;
  };
  if (!form.find || !form.confirm) {
    const only = await begin();
    await doSteps(only, form.write);
    const done = [await picture(request, only, 'done')];
    return { outcome: 'written', readBack: {}, ...withDrift(only, done) };
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
  const inList = await picture(request, job, 'found');
  const verified = await verify(job, confirm, found);
  const opened = confirm.steps.length > 0 ? [await picture(request, job, 'record')] : [];
  return { outcome, ...verified, ...withDrift(job, [inList, ...opened]) };
}

/** Proof, and what has drifted on the way to it. */
function withDrift({ drift, screen }: Job, proof: FileContent[]): Pick<FormResult, 'proof' | 'drift'> {
  const notes = [...drift.values()];
  return {
    proof: [...proof, ...driftFiles(screen.form, notes)],
    drift: notes.map(({ field, lost }) => ({ field, lost })),
  };
}

const picture = (request: FormRequest, job: Job, name: string): ReturnType<typeof takePicture> =>
  takePicture(job.screen, `${request.form.form}-${name}`, [request.target.password ?? '']);

function notConfirmed(target: string, written: unknown, seen: unknown): Error {
  const what = written
    ? `the confirmation ${JSON.stringify(seen)} did not appear`
    : 'the record is not found afterwards';
  return applicationException('runtime', `${target} took the form, but ${what}; the next attempt looks first`, {
    retryable: true,
  });
}
