import type { Authentication, CallTask, Endpoint } from '../../core/language/types.ts';
import { callActivity, callInfo } from '../run/activities.ts';
import { taskArguments } from '../data/arguments.ts';
import { resolveAuthentication, resolveEndpoint } from '../data/endpoints.ts';
import type { Arguments } from '../data/expressions.ts';
import type { Step } from './step.ts';
import { isRecord } from '../../core/model/is-record.ts';

/** Calls that the specification itself defines, each the activity `call.<name>`. */
const PROTOCOLS = ['http', 'openapi', 'grpc', 'asyncapi', 'a2a', 'mcp'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** A minute is long for a service that answers at all; the activity has shorter limits of its own. */
const ATTEMPT_MS = 90_000;
/** Agents and the tools of models think for minutes. */
const LONG_ATTEMPT_MS = 11 * 60_000;
const LONG: readonly Protocol[] = ['a2a', 'mcp'];
/** The activity beats every two seconds while it waits, which is also how soon it hears that the task was cancelled. */
const HEARTBEAT_MS = 20_000;
/** Attempts where the definition has no retry policy of its own; the activity says which errors are worth one. */
const ATTEMPTS = 3;

export function isProtocol(name: string): name is Protocol {
  return PROTOCOLS.some((protocol) => protocol === name);
}

/**
 * Calls a service. Everything that needs the run (expressions, URI templates, names of authentications) is resolved
 * here; secrets stay marks until the activity. Under a `try` with a retry policy, that policy rules alone.
 */
export async function protocolCall(step: Step & { task: CallTask }, protocol: Protocol): Promise<unknown> {
  const args = step.frame.changedWith ? step.frame.changedWith.value : resolve(step, step.task.with ?? {});
  const attempts = step.catchers.some(({ retries }) => retries) ? 1 : ATTEMPTS;
  // A call needs the token of marks even without secrets: `$authorization` is one.
  const { secretsToken: token } = step.run.state;
  const call = { ...callInfo(step), secrets: { token, names: step.run.definition.use?.secrets ?? [] } };
  return callActivity(step, `call.${protocol}`, args, {
    call,
    limits: { attemptMs: LONG.includes(protocol) ? LONG_ATTEMPT_MS : ATTEMPT_MS, heartbeatMs: HEARTBEAT_MS, attempts },
  });
}

/** Arguments of a call as its activity gets them, but for those of its properties that are the workflow's own. */
export function resolveWith(step: Step, value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const args = taskArguments(step, step);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveField(step, key, item, args)]));
}

/** The arguments with endpoints and authentications resolved wherever the DSL has them, the rest evaluated. */
function resolve(step: Step, value: unknown): unknown {
  return resolveWithin(step, value, taskArguments(step, step));
}

function resolveWithin(step: Step, value: unknown, args: Arguments): unknown {
  if (!isRecord(value)) return step.run.evaluator.value(value, step.input, args);
  const entries = Object.entries(value).map(([key, item]) => [key, resolveField(step, key, item, args)]);
  return Object.fromEntries(entries);
}

/** Objects of the DSL that hold endpoints or authentications. Anything else (`body`, `arguments` …) is the author's data. */
const NESTED = new Set(['document', 'service', 'proto', 'agentCard', 'transport', 'http', 'script', 'source']);

function resolveField(step: Step, key: string, value: unknown, args: Arguments): unknown {
  if (key === 'endpoint' || (key === 'server' && isEndpoint(value))) {
    return resolveEndpoint(step, value as Endpoint, step.input, args);
  }
  if (key === 'authentication') return resolveAuthentication(step, value as Authentication, step.input, args);
  if (NESTED.has(key)) return resolveWithin(step, value, args);
  return step.run.evaluator.value(value, step.input, args);
}

function isEndpoint(value: unknown): boolean {
  return typeof value === 'string' || (isRecord(value) && 'uri' in value);
}
