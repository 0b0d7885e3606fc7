import { FormProblem } from '../bots/forms/index.ts';
import type { Artefact, FileContent } from '../core/model/artefact.ts';
import { ProblemError } from '../core/model/problem.ts';

export type ArtefactSink = { put(file: FileContent): Promise<Artefact> };

/** Stores what a form showed when it failed, so that an operator sees it. */
export async function withEvidence<T>(artefacts: ArtefactSink, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FormProblem)) throw error;
    const evidence = await storeAll(artefacts, error.evidence);
    throw new ProblemError({ ...error.problem, evidence }, { retryable: error.retryable, cause: error });
  }
}

/** Stores files, in their order. */
export async function storeAll(artefacts: ArtefactSink, files: readonly FileContent[]): Promise<Artefact[]> {
  const stored: Artefact[] = [];
  for (const file of files) stored.push(await artefacts.put(file));
  return stored;
}
