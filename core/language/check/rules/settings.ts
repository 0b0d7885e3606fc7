import type { Finding } from '../../finding.ts';
import { isObject } from '../../schema/choose.ts';
import { suggestion } from '../../suggest.ts';
import { type Context, tellAt } from '../context.ts';
import { isExpression } from '../expressions.ts';
import type { Path } from '../walk.ts';

type Kind = 'roles' | 'ledgers' | 'mailboxes' | 'places' | 'targets';

const SINGULAR: Record<Kind, string> = {
  roles: 'role',
  ledgers: 'ledger',
  mailboxes: 'mailbox',
  places: 'place',
  targets: 'target',
};

/** Arguments that name something of the settings, in every function of the catalogue, and inside of rules and escalation. */
const ARGUMENTS: Readonly<Record<string, Kind>> = {
  ledger: 'ledgers',
  mailbox: 'mailboxes',
  place: 'places',
  target: 'targets',
  approvers: 'roles',
  second: 'roles',
  assign: 'roles',
  requester: 'roles',
  to: 'roles',
};
/** Functions whose `approvers`, `assign` and `to` are people and roles; elsewhere `to` is a mail address. */
const ASKS_PEOPLE = new Set(['approval.request', 'document.validate']);
/** Arguments that hold such arguments in turn. */
const INSIDE = new Set(['rules', 'escalate']);
/** Sources of events that the settings name: a mailbox, a place. */
const SOURCE = /^(mailbox|place)\/([^/{}$]+)$/;
const SOURCES: Readonly<Record<string, Kind>> = { mailbox: 'mailboxes', place: 'places' };

/**
 * Roles, ledgers, mailboxes and targets that the settings do not know: the run would park there. A warning, because
 * settings may be written after the definition. Says nothing where the settings are not known.
 */
export function checkSettings(context: Context): Finding[] {
  const { names } = context;
  if (!names) return [];
  const refer = (kind: Kind, path: Path, value: unknown): Finding[] => {
    if (Array.isArray(value)) return value.flatMap((one, index) => refer(kind, [...path, index], one));
    if (typeof value !== 'string' || isExpression(value)) return [];
    if ((kind === 'roles' && value.includes('@')) || Object.hasOwn(names[kind], value)) return [];
    const message = `the settings know no ${SINGULAR[kind]} "${value}": a run would stop here`;
    const hint = suggestion(value, Object.keys(names[kind])) ?? `add it under "${kind}" in zaplecze.yaml`;
    return [tellAt(context, path, { rule: 'reference/settings', severity: 'warning', message, hint })];
  };
  const calls = context.places.flatMap(({ path, task }) =>
    'call' in task ? argumentsOf(task.call, task.with, [...path, 'with'], refer) : [],
  );
  return [...calls, ...sources(context.loaded.definition.schedule?.on, ['schedule', 'on'], refer)];
}

type Refer = (kind: Kind, path: Path, value: unknown) => Finding[];

function argumentsOf(call: string, value: unknown, path: Path, refer: Refer): Finding[] {
  if (Array.isArray(value)) return value.flatMap((one, index) => argumentsOf(call, one, [...path, index], refer));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, argument]) => {
    const at = [...path, name];
    if (INSIDE.has(name) && ASKS_PEOPLE.has(call)) return argumentsOf(call, argument, at, refer);
    const kind = ARGUMENTS[name];
    if (!kind || (kind === 'roles' && !ASKS_PEOPLE.has(call))) return [];
    return refer(kind, at, argument);
  });
}

/** `source: mailbox/NAME` and `source: place/NAME` of the events that start it. */
function sources(value: unknown, path: Path, refer: Refer): Finding[] {
  if (Array.isArray(value)) return value.flatMap((one, index) => sources(one, [...path, index], refer));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const [, sort = '', name] = (key === 'source' && typeof inner === 'string' && SOURCE.exec(inner)) || [];
    const kind = SOURCES[sort];
    return kind && name !== undefined ? refer(kind, [...path, key], name) : sources(inner, [...path, key], refer);
  });
}
