import type { Finding } from './finding.ts';
import { contentHash } from './hash.ts';
import { Workflow } from './schema/workflow.ts';
import { checkShape } from './shape/check.ts';
import type { WorkflowDefinition } from './types.ts';
import { readYaml } from './yaml/read.ts';
import type { Source } from './yaml/source.ts';

/** A definition as it was loaded: immutable, named by the hash of its content. */
export type LoadedDefinition = {
  /** Plain JSON, frozen all through. */
  definition: WorkflowDefinition;
  /** `sha256:…` of the canonical JSON. */
  hash: string;
  /** The YAML, and where in it each value stands (`source.locate('/do/0')`). */
  source: Source;
};

export type LoadResult =
  { ok: true; loaded: LoadedDefinition; findings: Finding[] } | { ok: false; loaded: undefined; findings: Finding[] };

/**
 * Loads one definition (Open Workflow Specification DSL 1.0.3, YAML or JSON) and checks its shape. Never throws; a
 * refused text gives findings in the order of the text. What the shape cannot say is checked by `checkDefinition`.
 */
export function loadDefinition(text: string, file: string): LoadResult {
  const { source, value, findings } = readYaml(text, file);
  if (findings.length > 0) return { ok: false, loaded: undefined, findings };
  const shaped = checkShape(Workflow, value, source);
  if (!shaped.data) return { ok: false, loaded: undefined, findings: shaped.findings };
  const definition = freeze(shaped.data);
  return { ok: true, loaded: { definition, hash: contentHash(definition), source }, findings: [] };
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}
