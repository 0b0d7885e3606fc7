import { secretMark } from '../definitions/runtime/secrets.ts';
import { dateTime } from './clock.ts';
import type { Arguments } from './expressions.ts';
import type { Place, Run } from './place.ts';

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

function secretsArgument(run: Run): Record<string, string> {
  const names = run.definition.use?.secrets ?? [];
  return Object.fromEntries(names.map((name) => [name, secretMark(run.state.secretsToken, name)]));
}
