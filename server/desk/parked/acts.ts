import type { OperatorAct } from '../../../core/model/run.ts';
import type { DeskMessages } from '../messages/index.ts';
import { problemsOfArguments } from '../../runs/task-at.ts';
import type { Parked } from '../../runs/parked.ts';
import { field } from '../context.ts';
import { leavesOf, withLeaves } from './argument-fields.ts';

/** Longest reason that an operator can give, as for a decision. */
const MAX_REASON = 2000;
/** Numbers of records are short. */
const MAX_RECORD = 200;

/** What a form asks for, or why it cannot be done; what was typed is kept for the page. */
export type ReadAct =
  { act: OperatorAct } | { problem: string; typed?: ReadonlyMap<string, string> | undefined; json?: string };

/** Reads the form of one incident. `definition`: that of the run, by which changed arguments are checked. */
export function readAct(
  form: FormData,
  { incident }: Parked,
  definition: unknown,
  text: DeskMessages['operating']['problems'],
): ReadAct {
  const { id } = incident;
  const check = (args: unknown): string | undefined => {
    const problems = problemsOfArguments(definition, incident.reference, args);
    return problems === undefined ? undefined : `${text.fields} ${problems}`;
  };
  switch (field(form, 'act')) {
    case 'retry':
      return { act: { act: 'retry', incident: id } };
    case 'retry-fields':
      return retryWithFields(form, incident.with, id, check, text);
    case 'retry-json': {
      const json = field(form, 'with');
      const read = readJson(json);
      if (!read) return { problem: text.json, json };
      const problem = check(read.value);
      return problem === undefined ? { act: { act: 'retry', incident: id, with: read.value } } : { problem, json };
    }
    case 'confirm':
    case 'none':
      return resolve(form, incident, text);
    case 'skip': {
      const output = field(form, 'output');
      if (output === '') return { act: { act: 'skip', incident: id } };
      const read = readJson(output);
      return read ? { act: { act: 'skip', incident: id, output: read.value } } : { problem: text.json };
    }
    default:
      return readEnd(form, id, text);
  }
}

/** What a person has found out about an effect that was not confirmed. */
function resolve(
  form: FormData,
  { id, problem }: Parked['incident'],
  text: DeskMessages['operating']['problems'],
): ReadAct {
  if (problem.unconfirmed === undefined) return { problem: text.gone };
  if (field(form, 'act') === 'none') return { act: { act: 'none', incident: id } };
  const record = field(form, 'record');
  return record.length > MAX_RECORD
    ? { problem: text.tooLong }
    : { act: { act: 'confirm', incident: id, ...(record !== '' && { record }) } };
}

/** Ending needs a reason. */
export function readEnd(form: FormData, incident: string, text: DeskMessages['operating']['problems']): ReadAct {
  const reason = field(form, 'reason');
  if (reason === '') return { problem: text.reason };
  return reason.length > MAX_REASON ? { problem: text.tooLong } : { act: { act: 'end', incident, reason } };
}

function retryWithFields(
  form: FormData,
  before: unknown,
  incident: string,
  check: (args: unknown) => string | undefined,
  text: DeskMessages['operating']['problems'],
): ReadAct {
  // Browsers send line ends as CR LF, whatever the text had.
  const typed = new Map(
    leavesOf(before).flatMap(({ path }) => {
      const value = form.get(`v.${path}`);
      return typeof value === 'string' ? [[path, value.replaceAll('\r\n', '\n')] as const] : [];
    }),
  );
  const { data, wrong } = withLeaves(before, (path) => typed.get(path));
  if (wrong.length > 0) return { problem: `${wrong.join(', ')}: ${text.number}`, typed };
  const problem = check(data);
  return problem === undefined ? { act: { act: 'retry', incident, with: data } } : { problem, typed };
}

function readJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
