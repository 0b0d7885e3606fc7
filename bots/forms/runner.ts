import type { FileContent } from '../../definitions/model/artefact.ts';
import { ProblemError, applicationException } from '../../definitions/model/problem.ts';
import { FormProblem, SessionExpired } from './errors.ts';
import { withHeartbeat } from './heartbeat.ts';
import { Intents } from './intents.ts';
import { bounded } from './page/bounded.ts';
import type { Screen } from './page/screen.ts';
import { Progress } from './progress.ts';
import { takePicture } from './proof.ts';
import type { FormRequest, FormResult } from './request.ts';
import { Sessions, sessionKey } from './sessions.ts';
import type { BrowserOptions } from './sessions.ts';
import { writeOnce } from './write-once.ts';

/** A session may expire once by itself and once more under bad luck; more means that it cannot be kept. */
const MAX_SESSION_RESTARTS = 3;

/** A picture of the failure is worth no more waiting than this. */
const PICTURE_LIMIT_MS = 8_000;

export type FormRunnerOptions = BrowserOptions & {
  /** Folder for what has to survive a crash. */
  sessionDir?: string | undefined;
};

/** Fills forms of web applications as form files describe them: looks first, writes once, reads back, keeps the proof. */
export type FormRunner = {
  /** @throws ProblemError: a business exception for a person, an application exception to be tried again or mended. */
  run(request: FormRequest): Promise<FormResult>;
  close(): Promise<void>;
};

/** Nothing is started before the first run. Runs on the same target and user wait for each other. */
export function createFormRunner(options: FormRunnerOptions): FormRunner {
  const sessions = new Sessions(options);
  const intents = new Intents(options.sessionDir);
  const queues = new Map<string, Promise<unknown>>();
  return {
    run(request) {
      const key = sessionKey(request.target);
      const before = queues.get(key) ?? Promise.resolve();
      const run = withHeartbeat(request.context, async (context) => {
        await before;
        return runInSession(sessions, intents, { ...request, context });
      });
      queues.set(
        key,
        run.catch(() => undefined),
      );
      return run;
    },
    async close() {
      await sessions.close();
    },
  };
}

async function runInSession(sessions: Sessions, intents: Intents, request: FormRequest): Promise<FormResult> {
  const { form, target } = request;
  const progress = new Progress(request.context);
  progress.throwIfAborted();
  const screen = await sessions.screen(form, target);
  // Whatever the browser is doing ends at once, its promises reject, and the run reports why.
  const stop = (): void => void sessions.drop(target);
  progress.signal.addEventListener('abort', stop);
  try {
    return await withRestarts(screen, intents, request, progress);
  } catch (error) {
    const problem = classify(error, progress);
    const evidence = await pictureOf(screen, request);
    if (problem.retryable) await sessions.drop(target);
    throw evidence.length > 0 ? new FormProblem(problem, evidence) : problem;
  } finally {
    progress.signal.removeEventListener('abort', stop);
  }
}

async function withRestarts(
  screen: Screen,
  intents: Intents,
  request: FormRequest,
  progress: Progress,
): Promise<FormResult> {
  for (let restarts = 0; restarts <= MAX_SESSION_RESTARTS; restarts += 1) {
    try {
      return await writeOnce(screen, intents, request, progress);
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

/** The screen at the moment of failure, for the operator; none where the window is gone or does not answer. */
async function pictureOf(screen: Screen, { target }: FormRequest): Promise<FileContent[]> {
  if (screen.context.pages().length === 0) return [];
  const stopped = screen.context.newCDPSession(screen.page).then((browser) => browser.send('Page.stopLoading'));
  await bounded(stopped);
  const picture = await bounded(takePicture(screen, 'failure', [target.password ?? '']), PICTURE_LIMIT_MS);
  return picture ? [picture] : [];
}
