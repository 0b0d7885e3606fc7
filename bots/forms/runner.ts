import type { EffectNotes } from '../../core/model/effect.ts';
import { ProblemError, applicationException } from '../../core/model/problem.ts';
import { FormProblem, PageChanged, SessionExpired } from './errors.ts';
import type { Kept } from './begin.ts';
import { SILENT_LIMIT_S } from './session/browser.ts';
import type { BrowserOptions } from './session/browser.ts';
import type { Drift } from './proof/drift.ts';
import { evidenceOf } from './proof/evidence.ts';
import { findRecord } from './once/find-record.ts';
import { withHeartbeat } from './session/heartbeat.ts';
import { openIntents } from './once/intents.ts';
import { KeptSessions } from './session/kept-sessions.ts';
import type { Sealer } from './session/kept-sessions.ts';
import { Memory } from './proof/memory.ts';
import type { Screen } from './page/screen.ts';
import { Progress } from './progress.ts';
import type { FormRequest, FormResult } from './request.ts';
import { rehearse } from './once/rehearse.ts';
import type { Rehearsal } from './once/rehearse.ts';
import type { JudgeAddress } from './page/guard.ts';
import { OneTimeCodes } from './session/one-time-code.ts';
import { Sessions, secretsOf, sessionKey } from './session/sessions.ts';
import { visit } from './visit.ts';
import type { Visit } from './visit.ts';
import { writeOnce } from './once/write-once.ts';

/** A session may expire once by itself and once more under bad luck; more means that it cannot be kept. */
const MAX_SESSION_RESTARTS = 3;

export type FormRunnerOptions = BrowserOptions & {
  /** Folder for what has to survive a crash. */
  sessionDir?: string | undefined;
  /** Notes of presses whose outcome is unknown, shared by all workers; without it, in that folder. */
  effects?: EffectNotes | undefined;
  /** Encrypts logins that are kept in that folder; without it none is. */
  sealer?: Sealer | undefined;
  /** Judges hosts that form files name beside their target's; without it they are believed. */
  judge?: JudgeAddress | undefined;
};

/** Fills forms of web applications as form files describe them: looks first, writes once, reads back, keeps the proof. */
export type FormRunner = {
  /** @throws ProblemError: a business exception for a person, an application exception to be tried again or mended. */
  run(request: FormRequest): Promise<FormResult>;
  /** Fills everything and stops before the effect. */
  rehearse(request: FormRequest): Promise<Rehearsal>;
  /** Visits the target read-only and tells which fields are found; needs no values. */
  visit(request: FormRequest): Promise<Visit>;
  /** The record as the target shows it, whatever its values are; undefined where there is none. Writes nothing. */
  find(request: FormRequest): Promise<FormResult | undefined>;
  close(): Promise<void>;
};

/** What is done in a session. Everything outside of it is the same for all. */
type Work<T> = (screen: Screen, kept: Kept, request: FormRequest, progress: Progress) => Promise<T>;

/** What outlives a run. */
type Standing = { sessions: Sessions; kept: Kept };
/** One attempt at the work; `trace` records everything that happens on the page. */
type Attempt<T> = { request: FormRequest; work: Work<T>; progress: Progress; trace: boolean };

/** Nothing is started before the first run. Runs on the same target and user wait for each other. */
export function createFormRunner(options: FormRunnerOptions): FormRunner {
  const { sessionDir, sealer, judge, effects = openIntents(sessionDir) } = options;
  const sessions = new Sessions(options, new KeptSessions(sessionDir, sealer), judge);
  const kept: Kept = { effects, memory: new Memory(sessionDir), codes: new OneTimeCodes() };
  const standing: Standing = { sessions, kept };
  const queues = new Map<string, Promise<unknown>>();
  const queued = <T extends { drift: Drift[] }>(request: FormRequest, work: Work<T>): Promise<T> => {
    const key = sessionKey(request.target);
    const before = queues.get(key) ?? Promise.resolve();
    const run = withHeartbeat(request.context, async (context) => {
      await before;
      return inSession(standing, { ...request, context }, work);
    });
    queues.set(
      key,
      run.catch(() => undefined),
    );
    return run;
  };
  return {
    run: (request) => queued(request, writeOnce),
    rehearse: (request) => queued(request, rehearse),
    visit: (request) => queued(request, visit),
    find: async (request) => (await queued(request, findRecord)).record,
    close: () => sessions.close(),
  };
}

/**
 * A page that is not as described is looked at once more, from the safe point and with a trace for the operator: it may
 * have been a hiccup, and taking a trace of every run would make each half as fast.
 */
async function inSession<T extends { drift: Drift[] }>(
  standing: Standing,
  request: FormRequest,
  work: Work<T>,
): Promise<T> {
  const progress = new Progress(request.context);
  try {
    return await attempt(standing, { request, work, progress, trace: false });
  } catch (error) {
    if (!(error instanceof ProblemError) || !(error.cause instanceof PageChanged)) throw error;
    progress.note('the page is not as described: look once more');
    return attempt(standing, { request, work, progress, trace: true });
  }
}

async function attempt<T extends { drift: Drift[] }>(standing: Standing, one: Attempt<T>): Promise<T> {
  const { progress } = one;
  progress.throwIfAborted();
  const watch = (await standing.sessions.browser()).watch();
  try {
    return await inScreen(standing, one);
  } catch (error) {
    if (!watch.ended) throw error;
    const detail = `the browser was silent for ${SILENT_LIMIT_S} s and was ended, while ${progress.doing}`;
    throw applicationException('timeout', detail, { cause: error });
  } finally {
    watch.stop();
  }
}

async function inScreen<T extends { drift: Drift[] }>(
  { sessions, kept }: Standing,
  { request, work, progress, trace }: Attempt<T>,
): Promise<T> {
  const { form, target } = request;
  const screen = await sessions.screen(form, target, trace);
  // Whatever the browser is doing ends at once, its promises reject, and the run reports why.
  const stop = (): void => void sessions.drop(target);
  progress.signal.addEventListener('abort', stop);
  try {
    const result = await withRestarts(request, progress, () => work(screen, kept, request, progress));
    await kept.memory.end(form, result.drift.length === 0);
    await sessions.keep(target);
    return result;
  } catch (error) {
    await kept.memory.end(form, false);
    const problem = classify(error, progress);
    const evidence = await evidenceOf(screen, secretsOf(target), trace);
    if (problem.retryable) await sessions.drop(target);
    else await sessions.keep(target);
    const before = error instanceof FormProblem ? error.evidence : [];
    throw new FormProblem(problem, [...before, ...evidence]);
  } finally {
    progress.signal.removeEventListener('abort', stop);
  }
}

async function withRestarts<T>(request: FormRequest, progress: Progress, work: () => Promise<T>): Promise<T> {
  for (let restarts = 0; restarts <= MAX_SESSION_RESTARTS; restarts += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof SessionExpired)) throw error;
      progress.note('the session has expired: log in again and look first');
    }
  }
  throw applicationException('authentication', `${request.form.target.name} ends the session again and again`);
}

function classify(error: unknown, progress: Progress): ProblemError {
  try {
    progress.throwIfAborted();
  } catch (aborted) {
    return aborted instanceof ProblemError
      ? aborted
      : applicationException('timeout', `stopped from outside, while ${progress.doing}`, { cause: aborted });
  }
  if (error instanceof ProblemError) return error;
  const detail = `the browser failed while doing this: ${progress.doing}`;
  return applicationException('communication', detail, { cause: error });
}
