import type { Task } from '../../core/language/types.ts';
import { taskKind } from '../../core/language/task-kinds.ts';
import { LIBRARY_SCHEME, READ_RESOURCE_ACTIVITY } from '../../core/model/run.ts';
import { callActivity } from '../run/activities.ts';
import { taskArguments } from '../data/arguments.ts';
import { resolveEndpoint, type ResolvedEndpoint } from '../data/endpoints.ts';
import { standardFault } from '../run/errors.ts';
import type { Step } from './step.ts';

/** `name:version@catalog` (DSL "Using Cataloged Functions"). */
const CATALOGED = /^(?<name>[^:@]+):(?<version>[^@]+)@(?<catalog>[^@]+)$/;
const GITHUB_TREE = /^https:\/\/github\.com\/(?<repository>[^/]+\/[^/]+)(?:\/tree\/(?<branch>[^/]+))?(?<path>\/.*)?$/;
/** Our own catalogue (DSL "Default Catalog"), unless the definition gives that name to another. */
const DEFAULT_CATALOG = 'default';
/** Functions in YAML that are shipped, unless the definition gives that name to another catalogue. */
const LIBRARY = 'library';

/** Name of a function of our catalogue as its list has it: without `:version@default`. */
export function catalogueName(step: Step, name: string): string {
  const groups = CATALOGED.exec(name)?.groups;
  const isOurs = groups?.['catalog'] === DEFAULT_CATALOG && !step.run.definition.use?.catalogs?.[DEFAULT_CATALOG];
  return isOurs ? (groups['name'] ?? name) : name;
}

/** Whether the name says that the function lies elsewhere: by its address, or in a catalogue of `use.catalogs`. */
export function isElsewhere(step: Step, name: string): boolean {
  return addressOf(step, name) !== undefined;
}

/**
 * A function that lies elsewhere. It is read once per call and kept in the frame: what happens to the file later does not change this run.
 */
export async function readFunction(step: Step, name: string): Promise<Task> {
  const endpoint = addressOf(step, name);
  if (!endpoint) throw standardFault('configuration', `"${name}" is in no catalogue of use.catalogs`);
  const found = await callActivity(step, READ_RESOURCE_ACTIVITY, { endpoint });
  if (isTask(found)) return found;
  throw standardFault('configuration', `${endpoint.uri} is not a function: a task of the DSL is expected`);
}

function addressOf(step: Step, name: string): ResolvedEndpoint | undefined {
  if (/^https?:\/\//.test(name)) return { uri: name };
  const { name: file, version, catalog: catalogName } = CATALOGED.exec(name)?.groups ?? {};
  if (file === undefined || version === undefined || catalogName === undefined) return undefined;
  const catalog = step.run.definition.use?.catalogs?.[catalogName];
  if (!catalog) return catalogName === LIBRARY ? { uri: `${LIBRARY_SCHEME}${file}/${version}` } : undefined;
  const root = resolveEndpoint(step, catalog.endpoint, step.input, taskArguments(step, step));
  return { ...root, uri: `${rawRoot(root.uri)}/functions/${file}/${version}/function.yaml` };
}

/** DSL "File Structure": addresses of GitHub's pages stand for the raw files. */
function rawRoot(uri: string): string {
  const groups = GITHUB_TREE.exec(uri)?.groups;
  const { repository, branch = 'main', path = '' } = groups ?? {};
  const raw = repository && `https://raw.githubusercontent.com/${repository}/refs/heads/${branch}${path}`;
  return (raw || uri).replace(/\/$/, '');
}

function isTask(value: unknown): value is Task {
  return taskKind(value) !== undefined;
}
