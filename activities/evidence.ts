import { FormProblem, TargetDown } from '../bots/forms/index.ts';
import type { Artefact, FileContent } from '../definitions/model/artefact.ts';
import { ProblemError } from '../definitions/model/problem.ts';

export type ArtefactSink = { put(file: FileContent): Promise<Artefact> };

/** Pauses after each attempt while nobody answers at a target: a restart is over in seconds, an update in an hour. */
const PAUSES_WHILE_DOWN_MS = [2_000, 10_000, 60_000, 10 * 60_000, 50 * 60_000];

/**
 * Stores what a form showed when it failed, so that an operator sees it. With the attempt, one that found its target down
 * is followed by longer and longer pauses.
 */
export async function withEvidence<T>(artefacts: ArtefactSink, work: () => Promise<T>, attempt = 0): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FormProblem)) throw error;
    const evidence = await storeAll(artefacts, error.evidence);
    const retryAfterMs = error.cause instanceof TargetDown ? PAUSES_WHILE_DOWN_MS[attempt - 1] : undefined;
    throw new ProblemError({ ...error.problem, evidence }, { retryable: error.retryable, cause: error, retryAfterMs });
  }
}

/** Stores files, in their order. */
export async function storeAll(artefacts: ArtefactSink, files: readonly FileContent[]): Promise<Artefact[]> {
  const stored: Artefact[] = [];
  for (const file of files) stored.push(await artefacts.put(file));
  return stored;
}
