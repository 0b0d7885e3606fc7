import type { Step } from '../../../core/forms/step.ts';
import { afterStep } from '../job.ts';
import type { Job } from '../job.ts';
import { inTime, leaveField, locate } from './act.ts';
import type { Target } from './act.ts';

/** What a person does besides filling and pressing: keys, leaving a field, pointing, clicking twice, scrolling. */
export function actOf(step: Step): ((job: Job) => Promise<void>) | undefined {
  const { key, leave, hover, double, scroll } = step;
  if (key !== undefined) return (job) => press(job, key);
  if (leave !== undefined) return (job) => leaveNamed(job, leave);
  if (hover !== undefined)
    return (job) => onField(job, `hover ${hover}`, hover, ({ handle }, timeout) => handle.hover({ timeout }));
  if (double !== undefined) {
    return (job) => onField(job, `double ${double}`, double, ({ handle }, timeout) => handle.dblclick({ timeout }));
  }
  if (scroll === undefined) return undefined;
  return (job) =>
    onField(job, `scroll to ${scroll}`, scroll, ({ handle }, timeout) => handle.scrollIntoViewIfNeeded({ timeout }));
}

/** A key goes to the field with the cursor. Keys that leave it need no leaving besides. */
async function press(job: Job, key: string): Promise<void> {
  job.progress.note(`key ${key}`);
  await job.screen.page.keyboard.press(key);
  await afterStep(job);
}

async function leaveNamed(job: Job, name: string): Promise<void> {
  job.progress.note(`leave ${name}`);
  const [target] = await locate(job, name, 'any');
  await target?.handle.focus();
  await leaveField(job);
}

async function onField(job: Job, note: string, name: string, act: (target: Target, timeout: number) => Promise<void>) {
  job.progress.note(note);
  const [target] = await locate(job, name, 'read');
  if (target) await inTime(job, name, () => act(target, job.screen.patienceMs));
  await afterStep(job);
}
