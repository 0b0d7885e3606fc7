import { applicationException } from '../../../core/model/problem.ts';
import { tooSlow } from '../errors.ts';
import { isSeen, isSignedOut } from '../job.ts';
import type { Job } from '../job.ts';
import { doSteps, openPage } from '../steps/steps.ts';
import type { Target } from './sessions.ts';
import { Values } from '../values/values.ts';

/**
 * Opens the target's start page, the safe point from which every look and every write begins, and logs in when there is
 * no session.
 * @throws an application exception when the target refuses the login; it is not tried again, which could lock the user.
 */
export async function openStart(job: Job, target: Target): Promise<void> {
  const { form } = job.screen;
  const { user, password } = target;
  const login: Job = { ...job, loggingIn: true, values: Values.ofLogin(form, { user, password }) };
  const start = login.values.text(form.target.start);
  const { watch } = job.screen;
  watch.signingIn = true;
  watch.unauthorized = false;
  try {
    await openPage(login, start);
    if (!watch.unauthorized && !(await isSignedOut(login))) return;
    await signIn(job, login, target);
  } finally {
    watch.signingIn = false;
  }
  if (!form.target['always log in']) await openPage(login, start);
}

async function signIn(job: Job, login: Job, target: Target): Promise<void> {
  const { form, watch } = job.screen;
  job.progress.note('log in');
  if (target.totp !== undefined) {
    const code = await job.codes.next(target.totp, (ms) => job.progress.sleep(ms));
    login.values = login.values.with('code', code);
  }
  await doSteps(login, form.target.login);
  const since = Date.now();
  const isIn = await job.screen.until(job.progress, async () => {
    const signedIn = form.target['signed in'];
    if (signedIn !== undefined) return (await isSeen(login, signedIn)) ? true : undefined;
    if (!(await isSignedOut(login))) return true;
    // A page that is still at work has not refused.
    return !watch.busy && Date.now() - since > REFUSED_MS ? false : undefined;
  });
  if (isIn) return;
  if (isIn === undefined && watch.busy) throw tooSlow(`the login at ${form.target.name}`, form.target.patience);
  throw applicationException(
    'authentication',
    `${form.target.name} refuses the login of ${target.user ?? 'no user'}; check user and password in the settings`,
    { retryable: false },
  );
}

/** A login page that still stands there after so long, with nothing on its way, is the answer. */
const REFUSED_MS = 5_000;
