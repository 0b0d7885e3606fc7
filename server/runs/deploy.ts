import { z } from 'zod';
import { checkDefinition } from '../../core/language/check/index.ts';
import type { KnownNames } from '../../core/language/check/context.ts';
import { type LoadedDefinition, loadDefinition } from '../../core/language/load.ts';
import { diffDefinitions, type Change } from '../../core/language/diff.ts';
import type { WorkflowDefinition } from '../../core/language/types.ts';
import { type Finding, pointer } from '../../core/language/finding.ts';
import { usesOf } from '../../core/departments/definition-uses.ts';
import { needsFourEyes } from '../../core/departments/four-eyes.ts';
import type { UseKind } from '../../core/departments/uses.ts';
import { applicationException } from '../../core/model/problem.ts';
import type { Settings } from '../../core/settings/settings.ts';
import type { Deployed } from '../../store/definitions.ts';
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
  | { ok: true; proposal: string; namespace: string; name: string; version: string; hash: string; findings: Finding[] }
  | { ok: false; findings: Finding[] };

export type DeployDependencies = ScheduleDependencies & {
  store: Pick<Store, 'definitions' | 'audit' | 'proposals'>;
  /** Who stands in the audit trail; without it, the installation itself. */
  actor?: string;
  /** What the settings know; a definition that names something else is deployed, with a warning. */
  names?: KnownNames;
  /** Departments that the actor is author for; undefined stands for all. */
  departments?: readonly string[] | undefined;
  /** What needs four eyes becomes a proposal that somebody else confirms. Not for whoever owns the machine. */
  proposes?: boolean;
  fourEyes?: Settings['deploying']['fourEyes'];
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

/**
 * Checks a definition and deploys it. Nothing with an error is ever deployed. What needs four eyes is only proposed.
 * Throws a problem of type `authorization` where the actor is no author of its department.
 */
export async function deploy(deps: DeployDependencies, request: DeployRequest): Promise<DeployResult> {
  const { store, actor = 'bot:cli', names, ...schedules } = deps;
  const checked = check(request, names);
  if (!checked.ok) {
    await noteRefused(deps, request.file, checked.findings);
    return checked;
  }
  const { definition, hash } = checked.loaded;
  const { namespace, name, version } = definition.document;
  await requireDepartment(deps, namespace);
  const current = await store.definitions.current();
  const unowned = undivided(checked.loaded, request.files, current, names);
  if (unowned.length > 0) {
    await noteRefused(deps, request.file, unowned);
    return { ok: false, findings: [...checked.findings, ...unowned] };
  }
  const { findings } = checked;
  if (deps.proposes && needsFourEyes(deps.fourEyes ?? 'payments', definition) && !isCurrent(current, hash)) {
    const proposed = { hash, namespace, name, version, request, proposedBy: actor };
    const proposal = await store.proposals.add(proposed, new Date());
    const details = { namespace, name, version, hash, proposal };
    await store.audit.append({ actor, action: 'definition.proposed', details });
    return { ok: true, proposal, namespace, name, version, hash, findings };
  }
  const before = current.find((one) => one.namespace === namespace && one.name === name);
  const { source, files } = request;
  const { changed } = await store.definitions.deploy({ hash, namespace, name, version, definition, source, files });
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

/** What does not belong to the department is in the trail; other mistakes are an author's own affair. */
async function noteRefused(
  { store, actor = 'bot:cli' }: DeployDependencies,
  file: string,
  findings: readonly Finding[],
): Promise<void> {
  const why = findings.filter(({ rule }) => rule.startsWith('department/')).map(({ message }) => message);
  if (why.length > 0) await store.audit.append({ actor, action: 'deploy.refused', details: { file, why } });
}

/** Throws where the actor is no author of that department, and notes it. */
export async function requireDepartment(
  { store, actor = 'bot:cli', departments }: Pick<DeployDependencies, 'store' | 'actor' | 'departments'>,
  namespace: string,
): Promise<void> {
  if (departments === undefined || departments.includes(namespace)) return;
  await store.audit.append({ actor, action: 'deploy.refused', details: { namespace, departments: [...departments] } });
  throw applicationException('authorization', `you are an author of ${departments.join(', ')}, not of ${namespace}`);
}

const isCurrent = (current: readonly Deployed[], hash: string): boolean => current.some((one) => one.hash === hash);

/** Kinds that a department has to itself as soon as there is another one. */
const DIVIDED: ReadonlySet<UseKind> = new Set([
  ...(['secrets', 'mailboxes', 'places', 'ledgers', 'targets', 'sheets'] as const),
]);

/**
 * Where the settings name no departments, everything is everybody's: right for one department, and no more once there are
 * two. The second one is stopped at what it would share unasked.
 */
function undivided(
  loaded: LoadedDefinition,
  files: Readonly<Record<string, string>>,
  current: readonly Deployed[],
  names: KnownNames | undefined,
): Finding[] {
  const { namespace } = loaded.definition.document;
  if (!names || names.departments) return [];
  const other = current.find((one) => one.namespace !== namespace)?.namespace;
  if (other === undefined) return [];
  return usesOf(loaded.definition, files)
    .filter(({ kind }) => DIVIDED.has(kind))
    .map(({ path, kind, name }) => {
      const at = pointer(path);
      const message = `${other} has definitions too, and the settings do not say to whom ${kind} "${name ?? '(computed)'}" belong`;
      const hint = 'name departments in zaplecze.yaml (docs/departments.md)';
      const told = { severity: 'error' as const, rule: 'department/undivided', message, hint, path: at };
      return { file: loaded.source.file, ...loaded.source.locate(at, 'value'), ...told };
    });
}
