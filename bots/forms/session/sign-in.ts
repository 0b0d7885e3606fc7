import { applicationException } from '../../../core/model/problem.ts';
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
  await openPage(login, start);
  if (!(await isSignedOut(login))) return;
  job.progress.note('log in');
  if (target.totp !== undefined) {
    const code = await job.codes.next(target.totp, (ms) => job.progress.sleep(ms));
    login.values = login.values.with('code', code);
  }
  await doSteps(login, form.target.login);
  const refused = await job.screen.until(job.progress, async () => {
    const signedIn = form.target['signed in'];
    if (signedIn === undefined) return isSignedOut(login);
    return (await isSeen(login, signedIn)) ? false : undefined;
  });
  if (refused === false) return form.target['always log in'] ? undefined : openPage(login, start);
  throw applicationException(
    'authentication',
    `${form.target.name} refuses the login of ${target.user ?? 'no user'}; check user and password in the settings`,
    { retryable: false },
  );
}
