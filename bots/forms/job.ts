import type { Seen as OnScreen } from '../../core/forms/field.ts';
import type { FileContent } from '../../core/model/artefact.ts';
import { applicationException, businessException } from '../../core/model/problem.ts';
import type { DriftNote } from './proof/drift.ts';
import { Refused, SessionExpired } from './errors.ts';
import type { Memory, Seen } from './proof/memory.ts';
import type { OneTimeCodes } from './session/one-time-code.ts';
import { queryOf, resolveField } from './page/find-field.ts';
import type { Screen } from './page/screen.ts';
import type { Progress } from './progress.ts';
import type { Values } from './values/values.ts';

/** Hears of the presses that cannot be taken back. */
export type LastingPresses = {
  /** Called just before one. */
  before(): Promise<void>;
  /** It is sure that it has done nothing: nothing was sent, or the target refused it by a message of the form file. */
  undone(): Promise<void>;
  /** It was pressed, and the page has answered. */
  after(): void;
};

/** What the steps of one section work with. `values` grows as steps read. */
export type Job = {
  screen: Screen;
  progress: Progress;
  values: Values;
  /** Address that relative ones start from. */
  base: string;
  drift: Map<string, DriftNote>;
  /** Tables that were read, by name, and files that went either way. */
  tables: Map<string, Record<string, string>[]>;
  files: FileContent[];
  /** Content of a file of the run, by its id. */
  fileOf?: ((id: string) => Promise<FileContent>) | undefined;
  memory: Memory;
  codes: OneTimeCodes;
  /** What the memory holds of this form. */
  seen: ReadonlyMap<string, Seen>;
  presses: LastingPresses;
  /** True while logging in, when the login page is no surprise. */
  loggingIn: boolean;
};

/** True when the text or field can be seen now. */
export async function isSeen(job: Job, seen: OnScreen): Promise<boolean> {
  if (typeof seen === 'string') return job.screen.sees(job.values.text(seen));
  const field = job.screen.form.fields[seen.field];
  if (!field) return false;
  const resolution = await resolveField(job.screen, {
    field,
    query: queryOf(job.screen.form, field, 'any', job.values),
  });
  return resolution.state === 'unclear' || (resolution.state === 'found' && resolution.elements.length > 0);
}

/** Waits for the round trip that a step started, then looks whether the target shows an error or its login. */
export async function afterStep(job: Job): Promise<void> {
  if (job.loggingIn) return void (await job.screen.settle(job.progress, []));
  const { errors } = job.screen.form.target;
  const signedOut = signsOfNoSession(job);
  const logins = signedOut.filter((seen) => typeof seen === 'string').map((text) => job.values.text(text));
  const shown = await job.screen.settle(job.progress, [...logins, ...errors.map(({ seen }) => seen)]);
  const fields = signedOut.filter((seen) => typeof seen !== 'string');
  if (logins.some((text) => shown.has(text)) || (await seesAny(job, fields))) throw new SessionExpired();
  const error = errors.find(({ seen }) => shown.has(seen));
  if (!error) return;
  const what = `the target shows "${error.seen}" (${job.progress.doing})`;
  const detail = error.because === undefined ? what : job.values.text(error.because);
  throw error.as === undefined
    ? applicationException('runtime', detail, { retryable: false })
    : new Refused(businessException(error.as, detail));
}

/** True when the target shows that there is no session, or no longer. */
export function isSignedOut(job: Job): Promise<boolean> {
  return seesAny(job, signsOfNoSession(job));
}

const signsOfNoSession = ({ screen }: Job): OnScreen[] => [screen.form.target['signed out']].flat();

async function seesAny(job: Job, all: readonly OnScreen[]): Promise<boolean> {
  for (const seen of all) {
    if (await isSeen(job, seen)) return true;
  }
  return false;
}

/** @throws SessionExpired when the target shows its login. */
export async function throwIfSignedOut(job: Job): Promise<void> {
  if (!job.loggingIn && (await isSignedOut(job))) throw new SessionExpired();
}
