import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { runContainer } from '../bots/processes/container.ts';
import { type ProcessResult, runScript, runShell } from '../bots/processes/index.ts';
import type { CallInfo, CatalogueActivity } from '../core/model/call.ts';
import { applicationException } from '../core/model/problem.ts';
import { RUN_PROCESS_ACTIVITY } from '../core/model/run.ts';
import { durationMs } from '../core/time/duration.ts';
import { findSecret, resolveSecrets } from '../core/expressions/secret-marks.ts';
import { type ActivityContext, internalActivity } from './activity.ts';
import { once } from './calls/once.ts';
import { whileWaiting } from './calls/beat.ts';
import type { CallDeps } from './calls/deps.ts';
import { ResolvedEndpoint } from './calls/http.ts';
import { readContent } from './calls/resource.ts';

/** Kinds of processes that an operator may allow (settings `processes.allow`). */
type ProcessKind = 'script' | 'shell' | 'container';

/** What the operator rules. */
export type ProcessRules = {
  allow: readonly string[];
  /** Folders of this machine that containers may see. */
  volumes: readonly string[];
  /** Folders in which docker or podman are looked for, as in the variable PATH. */
  path: string;
};

/** The activity itself may run for an hour; a process is ended before that. */
const DEADLINE_MS = 55 * 60_000;
/** Shorter secrets would blank out ordinary words of what a process prints. */
const SHORTEST_BLANKED = 4;

const Text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const given = {
  stdin: z.unknown().optional().transform(textOf),
  arguments: z.array(z.unknown().transform((value) => textOf(value) ?? '')).optional(),
  environment: z.record(z.string(), Text).optional(),
};
const Lifetime = z.object({ cleanup: z.enum(['always', 'never', 'eventually']), after: z.unknown().optional() });
const Container = z.object({
  ...given,
  image: z.string(),
  name: z.string().optional(),
  command: z.string().optional(),
  ports: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  volumes: z.record(z.string(), z.string()).optional(),
  lifetime: Lifetime.default({ cleanup: 'never' }),
  pullPolicy: z.enum(['ifNotPresent', 'always', 'never']).default('ifNotPresent'),
});
const Script = z.object({
  ...given,
  language: z.string(),
  code: z.string().optional(),
  source: z.object({ endpoint: ResolvedEndpoint }).optional(),
});

/** `run` of a task, as the workflow hands it over: evaluated, endpoints resolved. */
export const ProcessArguments = z.object({
  await: z.boolean().default(true),
  return: z.enum(['stdout', 'stderr', 'code', 'all', 'none']).default('stdout'),
  shell: z.object({ ...given, command: z.string() }).optional(),
  script: Script.optional(),
  container: Container.optional(),
});
type ProcessArguments = z.infer<typeof ProcessArguments>;

export type ProcessDependencies = CallDeps & { processes: ProcessRules };

/** The same for the call of one run. */
type ForCall = (call: CallInfo) => ProcessDependencies;

/** `run: script | shell | container`: on this machine, where its operator allows it. */
export function createProcessActivities(deps: ProcessDependencies | ForCall): Record<string, CatalogueActivity> {
  return {
    [RUN_PROCESS_ACTIVITY]: internalActivity(RUN_PROCESS_ACTIVITY, ProcessArguments, (args, context) =>
      whileWaiting(context, () => runProcess(typeof deps === 'function' ? deps(context.call) : deps, args, context)),
    ),
  };
}

/** Runs what the operator allows. The output of a process that is not awaited is null; the workflow knows better. */
async function runProcess(deps: ProcessDependencies, args: ProcessArguments, context: ActivityContext) {
  const kind: ProcessKind = args.container ? 'container' : args.script ? 'script' : 'shell';
  if (!deps.processes.allow.includes(kind)) {
    throw applicationException(
      'authorization',
      `definitions may not run a ${kind} on this installation. To fix: the operator adds "${kind}" to processes.allow`,
    );
  }
  const grant = context.call.secrets;
  const clear = ProcessArguments.parse(await resolveSecrets(args, grant, deps.secret));
  const result = await once(deps, context, { what: `the ${kind}`, repeatable: false }, async (sending) => {
    await sending?.();
    return run(deps, clear, context);
  });
  if (!result) return null;
  const named = (grant?.names ?? []).map((name) => findSecret(name, grant, deps.secret).catch(() => ''));
  return outputOf(args.return, kind, withoutSecrets(result, await Promise.all(named)));
}

/** What `return` asks for. A process that failed is a fault, unless the definition looks at its code or errors itself. */
function outputOf(wanted: ProcessArguments['return'], kind: ProcessKind, result: ProcessResult): unknown {
  const { code, stderr } = result;
  if (wanted === 'all') return result;
  if (wanted === 'code' || wanted === 'stderr') return result[wanted];
  if (code === 0) return wanted === 'none' ? null : result.stdout;
  const said = stderr.trim().split('\n').at(-1) ?? '';
  throw applicationException('runtime', `the ${kind} ended with code ${code}${said && `: ${said}`}`);
}

function run(deps: ProcessDependencies, args: ProcessArguments, context: ActivityContext) {
  const bounds = { signal: context.signal, deadlineMs: DEADLINE_MS, awaits: args.await };
  if (args.shell) return runShell(args.shell, bounds);
  if (args.script) return script(deps, args.script, context).then((ready) => runScript(ready, bounds));
  if (args.container) {
    const { lifetime, name = nameOf(context), ...container } = args.container;
    const afterMs = lifetime.after === undefined ? undefined : durationMs(lifetime.after);
    return runContainer({ ...container, name, cleanup: lifetime.cleanup, afterMs }, deps.processes, bounds);
  }
  throw applicationException('configuration', 'nothing to run: a script, a shell command or a container');
}

async function script(
  deps: ProcessDependencies,
  { code, source, ...rest }: z.infer<typeof Script>,
  context: ActivityContext,
) {
  if (code !== undefined) return { ...rest, code };
  if (!source) throw applicationException('configuration', 'a script needs its code, or a source');
  return { ...rest, code: Buffer.from(await readContent(deps, source, context)).toString('utf8') };
}

/** The name that the specification recommends for containers. */
function nameOf({ call }: ActivityContext): string {
  const { name, namespace } = call.definition;
  const task = (call.task.split('/').at(-1) ?? '').replaceAll(/[^a-zA-Z0-9_.-]/g, '-');
  return `${name}-${randomUUID()}.${namespace}-${task}`;
}

/** What a process prints goes into the history: secrets that it was given must not. */
function withoutSecrets({ code, stdout, stderr }: ProcessResult, secrets: readonly string[]): ProcessResult {
  const long = secrets.filter((secret) => secret.length >= SHORTEST_BLANKED);
  const blanked = (text: string): string => long.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
  return { code, stdout: blanked(stdout), stderr: blanked(stderr) };
}

/** Expressions may give any JSON, programs take texts. */
function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
