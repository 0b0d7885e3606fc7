import type { FileContent } from '../../../core/model/artefact.ts';
import { beginAgain, jobOf, pictureOf, withDrift } from '../begin.ts';
import type { Kept } from '../begin.ts';
import { HeldBack } from '../errors.ts';
import type { Drift } from '../proof/drift.ts';
import { look } from './look.ts';
import type { Screen } from '../page/screen.ts';
import type { Progress } from '../progress.ts';
import type { FormRequest } from '../request.ts';
import { doSteps } from '../steps/steps.ts';

export type Rehearsal = {
  /** `filled`: all is filled in, and nothing was sent. `already-there`: the record was found, so nothing was filled. */
  outcome: 'filled' | 'already-there';
  /** What ended it before the press that cannot be taken back, and was not sent; in words. */
  heldBack?: string;
  /** The filled form, PNG, and what has drifted. */
  proof: FileContent[];
  drift: Drift[];
};

/** Ends the steps where the effect would begin. */
class StopBeforeEffect extends Error {
  override readonly name = 'StopBeforeEffect';
}

/**
 * Looks, fills, and stops before the press that cannot be taken back, or before the first request that may change the
 * target, whatever sends it, unless the form file calls what was pressed harmless. Leaves no trace in the target.
 */
export async function rehearse(
  screen: Screen,
  kept: Kept,
  request: FormRequest,
  progress: Progress,
): Promise<Rehearsal> {
  const { form, target } = request;
  screen.watch.holding = false;
  const before = (): Promise<void> => Promise.reject(new StopBeforeEffect());
  const job = await jobOf(screen, kept, request, progress, { before, undone: before, after: () => undefined });
  if (form.find) {
    const looking = await beginAgain(job, target);
    if ((await look(looking, form.find)).found) {
      return { outcome: 'already-there', ...withDrift(job, [await pictureOf(request, looking, 'found')]) };
    }
  }
  const writing = await beginAgain(job, target);
  screen.watch.holding = form.effect === 'posting';
  const heldBack = await untilEffect(() => doSteps(writing, form.write));
  const filled = [await pictureOf(request, writing, 'filled')];
  return { outcome: 'filled', ...(heldBack === undefined ? {} : { heldBack }), ...withDrift(job, filled) };
}

async function untilEffect(steps: () => Promise<void>): Promise<string | undefined> {
  try {
    await steps();
  } catch (error) {
    if (error instanceof HeldBack) return error.message;
    if (!(error instanceof StopBeforeEffect)) throw error;
  }
  return undefined;
}
