import { AUTHORIZATION, secretMark } from '../../core/expressions/secret-marks.ts';
import { dateTime } from '../run/clock.ts';
import type { Arguments } from './expressions.ts';
import type { Place, Run } from '../run/place.ts';

/** `$runtime` (DSL "Runtime Descriptor"). */
const RUNTIME = { name: 'Zaplecze', version: '0.1.0', metadata: {} };

/** Arguments that every expression of a run has. */
export function runArguments(run: Run): Arguments {
  return {
    context: run.state.context,
    secrets: secretsArgument(run),
    workflow: {
      id: run.id,
      definition: run.definition,
      input: run.state.input,
      startedAt: dateTime(run.state.startedAt),
    },
    runtime: RUNTIME,
    input: null,
    output: null,
    task: null,
    authorization: null,
  };
}

/**
 * Arguments of a task's expressions. `$task` also carries the fields of the definition itself, as the specification's
 * own examples of extensions read them (`$task.call`).
 */
export function taskArguments(place: Place, known: { raw: unknown; input?: unknown; result?: unknown }): Arguments {
  const { run, task, name, reference, frame, variables } = place;
  return {
    ...runArguments(run),
    ...variables,
    authorization: authorizationArgument(place),
    input: known.input ?? null,
    task: {
      ...task,
      name,
      reference,
      definition: task,
      input: known.raw,
      output: known.result ?? null,
      startedAt: dateTime(frame.startedAt ?? run.state.startedAt),
    },
  };
}

/** `$authorization` (DSL "Authorization Descriptor"). The parameter is a mark: activities alone know what it stands for. */
function authorizationArgument({ run, task }: Place): { scheme: string; parameter: string } | null {
  const authentication = 'call' in task ? authenticationOf(task.with) : undefined;
  if (!authentication) return null;
  const name = 'use' in authentication ? authentication['use'] : undefined;
  const policy = typeof name === 'string' ? run.definition.use?.authentications?.[name] : authentication;
  const kind = Object.keys(policy ?? {})[0] ?? '';
  const parameter = secretMark(run.state.secretsToken, AUTHORIZATION);
  return SCHEMES[kind] === undefined ? null : { scheme: SCHEMES[kind], parameter };
}

/** Schemes of the Authorization header, as IANA registers them. */
const SCHEMES: Partial<Record<string, string>> = {
  basic: 'Basic',
  bearer: 'Bearer',
  digest: 'Digest',
  oauth2: 'Bearer',
  oidc: 'Bearer',
};

/** The authentication of a call: its own, or that of its endpoint. */
function authenticationOf(args: object | undefined): object | undefined {
  const { authentication, endpoint } = (args ?? {}) as { authentication?: unknown; endpoint?: unknown };
  if (isObject(authentication)) return authentication;
  return isObject(endpoint) && 'authentication' in endpoint && isObject(endpoint.authentication)
    ? endpoint.authentication
    : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function secretsArgument(run: Run): Record<string, string> {
  const names = run.definition.use?.secrets ?? [];
  return Object.fromEntries(names.map((name) => [name, secretMark(run.state.secretsToken, name)]));
}
