import { findFunction, catalogue } from '../../../catalogue/catalogue.ts';
import type { Finding } from '../../finding.ts';
import { LIBRARY, libraryFunction, libraryFunctions } from '../../library.ts';
import { PROTOCOLS } from '../../schema/tasks.ts';
import { checkShape } from '../../shape/check.ts';
import { suggestion } from '../../suggest.ts';
import type { CallTask } from '../../types.ts';
import { type Context, tellAt } from '../context.ts';
import { excused } from '../literal.ts';
import { GUARDED_RUNS } from '../support.ts';
import type { Path } from '../walk.ts';

/** Calls of functions that do not exist, and arguments that they do not take. */
export function checkCalls(context: Context): Finding[] {
  return context.places.flatMap(({ path, task }) => ('call' in task ? checkCall(context, path, task) : []));
}

function checkCall(context: Context, path: Path, task: CallTask): Finding[] {
  const { call } = task;
  const protocol = PROTOCOLS.find((name) => name === call);
  if (protocol) return [];
  const { use } = context.loaded.definition;
  if (Object.hasOwn(use?.functions ?? {}, call)) return [];
  const [name, catalog] = splitCatalog(call);
  if (catalog === undefined && /^(https?|file):/.test(call)) return [remote(context, path, `the function at ${call}`)];
  if (catalog !== undefined && catalog !== DEFAULT_CATALOG) return checkCatalog(context, path, task, catalog);
  return checkCatalogued(context, path, task, name);
}

/** The catalogue of the engine's own functions (DSL "Catalog"). */
const DEFAULT_CATALOG = 'default';

/** `name:version@catalog` → name and catalog; the version is what the engine has. */
function splitCatalog(call: string): [name: string, catalog: string | undefined] {
  const at = call.startsWith('http') ? -1 : call.lastIndexOf('@');
  if (at === -1) return [call, undefined];
  return [call.slice(0, at).replace(/:[^:]*$/, ''), call.slice(at + 1)];
}

function checkCatalog(context: Context, path: Path, task: CallTask, catalog: string): Finding[] {
  const catalogs = Object.keys(context.loaded.definition.use?.catalogs ?? {});
  if (catalog === LIBRARY && !catalogs.includes(catalog)) return checkLibrary(context, path, task);
  if (catalogs.includes(catalog)) return [remote(context, path, `a function of the catalog "${catalog}"`)];
  const hint = suggestion(catalog, [...catalogs, DEFAULT_CATALOG, LIBRARY]);
  return [
    tellAt(context, [...path, 'call'], {
      rule: 'call/catalog',
      message: `no catalog "${catalog}" under use.catalogs`,
      hint,
    }),
  ];
}

/** A function of the library: that it is there, and which arguments it takes and needs. */
function checkLibrary(context: Context, path: Path, task: CallTask): Finding[] {
  const [, name = '', version = ''] = /^([^:]*):?([^@]*)@/.exec(task.call) ?? [];
  const found = libraryFunction(name, version);
  if (!found) {
    const known = libraryFunctions().map((one) => `${one.name}:${one.version}@${LIBRARY}`);
    const message = `the library has no function "${name}" in version "${version}"`;
    return [tellAt(context, [...path, 'call'], { rule: 'call/unknown', message, hint: suggestion(task.call, known) })];
  }
  const given = Object.keys(task.with ?? {});
  const taken = Object.keys(found.with.properties);
  const unknown = given
    .filter((argument) => !taken.includes(argument))
    .map((argument) => {
      const told = { rule: 'call/unknown-property', message: `${name}: unknown property "${argument}"` };
      return tellAt(context, [...path, 'with', argument], { ...told, hint: suggestion(argument, taken), at: 'key' });
    });
  const missing = found.with.required.filter((argument) => !given.includes(argument));
  if (missing.length === 0) return unknown;
  const message = `${name}: missing ${missing.map((argument) => `"${argument}"`).join(', ')}`;
  const where = task.with === undefined ? [...path, 'call'] : [...path, 'with'];
  return [...unknown, tellAt(context, where, { rule: 'call/missing-property', message })];
}

function remote(context: Context, path: Path, what: string): Finding {
  const message = `${what} is fetched when the task runs; it cannot be checked here`;
  return tellAt(context, [...path, 'call'], { rule: 'call/remote', message, severity: 'warning' });
}

function checkCatalogued(context: Context, path: Path, task: CallTask, name: string): Finding[] {
  const spec = findFunction(name);
  if (!spec) {
    const own = Object.keys(context.loaded.definition.use?.functions ?? {});
    const known = [...catalogue.map((entry) => entry.name), ...own, ...PROTOCOLS];
    const hint = suggestion(name, known);
    return [tellAt(context, [...path, 'call'], { rule: 'call/unknown', message: `unknown function "${name}"`, hint })];
  }
  const { source } = context.loaded;
  const at = [...path, 'with'];
  return checkShape(spec.with, task.with ?? {}, source, at, excused).findings.map((finding) => ({
    ...finding,
    rule: finding.rule.replace('dsl/', 'call/'),
    message: `${name}: ${finding.message}`,
  }));
}

/** Runs of code on the worker's machine, which an operator must allow. */
export function checkRuns(context: Context): Finding[] {
  return context.places.flatMap(({ path, task }) => {
    if (!('run' in task)) return [];
    const guarded = GUARDED_RUNS.find((kind) => kind in task.run);
    if (!guarded) return [];
    const message = `run: ${guarded} executes code on the worker's machine and is off unless the operator allows it`;
    return [
      tellAt(context, [...path, 'run', guarded], { rule: 'run/guarded', message, severity: 'warning', at: 'key' }),
    ];
  });
}
