import type { FileContent } from '../../../core/model/artefact.ts';
import { beginAgain, jobOf, pictureOf, withDrift } from '../begin.ts';
import type { Kept } from '../begin.ts';
import type { Drift } from '../proof/drift.ts';
import { look } from './look.ts';
import type { Screen } from '../page/screen.ts';
import type { Progress } from '../progress.ts';
import type { FormRequest } from '../request.ts';
import { doSteps } from '../steps/steps.ts';

export type Rehearsal = {
  /** `filled`: all is filled in, and nothing was sent. `already-there`: the record was found, so nothing was filled. */
  outcome: 'filled' | 'already-there';
  /** The filled form, PNG, and what has drifted. */
  proof: FileContent[];
  drift: Drift[];
};

/** Ends the steps where the effect would begin. */
class StopBeforeEffect extends Error {
  override readonly name = 'StopBeforeEffect';
}

/** Looks, fills everything, and stops before the press that cannot be taken back. Leaves no trace in the target. */
export async function rehearse(
  screen: Screen,
  kept: Kept,
  request: FormRequest,
  progress: Progress,
): Promise<Rehearsal> {
  const { form, target } = request;
  const job = await jobOf(screen, kept, request, progress, () => Promise.reject(new StopBeforeEffect()));
  if (form.find) {
    const looking = await beginAgain(job, target);
    if (await look(looking, form.find)) {
      return { outcome: 'already-there', ...withDrift(job, [await pictureOf(request, looking, 'found')]) };
    }
  }
  const writing = await beginAgain(job, target);
  try {
    await doSteps(writing, form.write);
  } catch (error) {
    if (!(error instanceof StopBeforeEffect)) throw error;
  }
  return { outcome: 'filled', ...withDrift(job, [await pictureOf(request, writing, 'filled')]) };
}
