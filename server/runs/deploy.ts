import { z } from 'zod';
import { checkDefinition } from '../../core/language/check/index.ts';
import type { KnownNames } from '../../core/language/check/context.ts';
import { type LoadedDefinition, loadDefinition } from '../../core/language/load.ts';
import { diffDefinitions, type Change } from '../../core/language/diff.ts';
import type { WorkflowDefinition } from '../../core/language/types.ts';
import type { Finding } from '../../core/language/finding.ts';
import type { Store } from '../../store/index.ts';
import { runningByVersion } from './view.ts';
import { applySchedule, type ScheduleDependencies } from '../../intake/schedules/apply.ts';

/** Texts of a definition's folder are short; a megabyte is a mistake. */
const MAX_FILE_CHARACTERS = 1024 * 1024;
/** Forms and mail texts in two languages; a folder with more is not one definition. */
const MAX_FILES = 200;

/** What `zaplecze deploy` sends: the definition and the files beside it, by relative path. */
export const DeployRequest = z.strictObject({
  file: z.string().describe('Name for messages'),
  source: z.string().max(MAX_FILE_CHARACTERS),
  files: z
    .record(z.string(), z.string().max(MAX_FILE_CHARACTERS))
    .refine((files) => Object.keys(files).length <= MAX_FILES, `at most ${MAX_FILES} files`)
    .default({}),
});
export type DeployRequest = z.infer<typeof DeployRequest>;

export type DeployResult =
  | {
      ok: true;
      hash: string;
      changed: boolean;
      namespace: string;
      name: string;
      version: string;
      findings: Finding[];
      /** Runs still going on, by the version that they keep to their end. */
      running: Record<string, number>;
      /** The version that was the newest before, and what is different now; absent for the first one. */
      previous?: { version: string; changes: Change[] };
    }
  | { ok: false; findings: Finding[] };

export type DeployDependencies = ScheduleDependencies & {
  store: Pick<Store, 'definitions' | 'audit'>;
  /** Who stands in the audit trail; without it, the installation itself. */
  actor?: string;
  /** What the settings know; a definition that names something else is deployed, with a warning. */
  names?: KnownNames;
};

type Checked = { ok: true; loaded: LoadedDefinition; findings: Finding[] } | { ok: false; findings: Finding[] };

/** Checks a definition as `zaplecze check` does; `names`: what the settings know. */
export function check(request: DeployRequest, names?: KnownNames): Checked {
  const loaded = loadDefinition(request.source, request.file);
  if (!loaded.ok) return { ok: false, findings: loaded.findings };
  const findings = [...loaded.findings, ...checkDefinition(loaded.loaded, { files: request.files, names })];
  if (findings.some((finding) => finding.severity === 'error')) return { ok: false, findings };
  return { ok: true, loaded: loaded.loaded, findings };
}

/** Checks a definition and deploys it. Nothing with an error is ever deployed. */
export async function deploy(
  { store, actor = 'bot:cli', names, ...schedules }: DeployDependencies,
  request: DeployRequest,
): Promise<DeployResult> {
  const checked = check(request, names);
  if (!checked.ok) return checked;
  const { findings } = checked;
  const { definition, hash } = checked.loaded;
  const { namespace, name, version } = definition.document;
  const before = await store.definitions.find(namespace, name);
  const { changed } = await store.definitions.deploy({
    hash,
    namespace,
    name,
    version,
    definition,
    source: request.source,
    files: request.files,
  });
  // Also where nothing changed: a crash between the two may have left the schedule behind.
  await applySchedule(schedules, { hash, namespace, name, version, definition });
  if (changed) {
    const details = { namespace, name, version, hash };
    await store.audit.append({ actor, action: 'definition.deployed', details });
  }
  const running = await runningByVersion(schedules.client, namespace, name);
  const previous = before && {
    version: before.version,
    changes: diffDefinitions(before.definition as WorkflowDefinition, definition),
  };
  const told = changed && previous ? { previous } : {};
  return { ok: true, hash, changed, namespace, name, version, findings, running, ...told };
}
