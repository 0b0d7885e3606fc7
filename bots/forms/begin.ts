import type { FileContent } from '../../core/model/artefact.ts';
import { driftFiles } from './proof/drift.ts';
import type { Drift, DriftNote } from './proof/drift.ts';
import type { EffectNotes } from '../../core/model/effect.ts';
import type { Job, LastingPresses } from './job.ts';
import type { Memory } from './proof/memory.ts';
import type { OneTimeCodes } from './session/one-time-code.ts';
import type { Screen } from './page/screen.ts';
import type { Progress } from './progress.ts';
import { takePicture } from './proof/proof.ts';
import type { FormRequest } from './request.ts';
import { secretsOf } from './session/sessions.ts';
import type { Target } from './session/sessions.ts';
import { openStart } from './session/sign-in.ts';
import { Values } from './values/values.ts';

/** What outlives a run. */
export type Kept = { effects: EffectNotes; memory: Memory; codes: OneTimeCodes };

/**
 * The job of a run, before anything is opened. `presses` hears of the presses that cannot be
 * taken back; `needed` names the values that must be there, all of them without it.
 */
export async function jobOf(
  screen: Screen,
  { memory, codes }: Kept,
  { form, target, values, fileOf }: FormRequest,
  progress: Progress,
  presses: LastingPresses,
  needed?: ReadonlySet<string>,
): Promise<Job> {
  return {
    screen,
    progress,
    values: Values.ofRun(form, values, needed),
    base: target.url,
    drift: new Map<string, DriftNote>(),
    tables: new Map(),
    files: [],
    fileOf,
    memory,
    codes,
    seen: new Map(await memory.open(form)),
    loggingIn: false,
    presses,
  };
}

/** Starts from the safe point, without what earlier steps have read. */
export async function beginAgain(job: Job, target: Target): Promise<Job> {
  const fresh = { ...job };
  await openStart(fresh, target);
  return fresh;
}

/** Proof, with the files that went either way, and what has drifted on the way to it. */
export function withDrift(
  { drift, files, screen }: Job,
  proof: FileContent[],
): { proof: FileContent[]; drift: Drift[] } {
  const notes = [...drift.values()];
  return {
    proof: [...proof, ...files, ...driftFiles(screen.form, notes)],
    drift: notes.map(({ field, lost }) => ({ field, lost })),
  };
}

/** A picture of the screen, named after the form. */
export function pictureOf(request: FormRequest, job: Job, name: string): Promise<FileContent> {
  return takePicture(job.screen, `${request.form.form}-${name}`, secretsOf(request.target));
}
