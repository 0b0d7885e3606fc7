import type { Settings } from '../settings/settings.ts';
import type { DepartmentSettings } from '../settings/departments.ts';
import { useOfEvent, type Use, type UseKind } from './uses.ts';

/** Which department may use what, as the settings say. Names of departments are the namespaces of definitions. */
export type Borders = {
  /** False where the settings name no departments: then all is everybody's. */
  drawn: boolean;
  /** Why a department may not use this, in words; undefined where it may. */
  refusal: (department: string, use: Use) => string | undefined;
  /** Whether its definitions get the events of that source. */
  receives: (department: string, source: string) => boolean;
  /** Why its definitions may not emit events of that source. */
  emitRefusal: (department: string, source: string) => string | undefined;
  /** Hosts that a secret may be sent to; undefined where nothing is said. */
  hostsOfSecret: (department: string, secret: string) => readonly string[] | undefined;
  /** Hosts that its calls may reach besides those of all. */
  hostsOf: (department: string) => readonly string[];
};

type Known = Pick<
  Settings,
  'departments' | 'shared' | 'people' | 'mailboxes' | 'places' | 'targets' | 'smtp' | 'documents'
>;

/** Once departments are named, these belong to nobody unless they are listed; all others to everybody. */
const CLOSED: ReadonlySet<UseKind> = new Set([
  ...(['secrets', 'mailboxes', 'places', 'ledgers', 'targets', 'sheets', 'definitions'] as const),
]);

const SINGULAR: Record<UseKind, string> = {
  secrets: 'secret',
  mailboxes: 'mailbox',
  places: 'place',
  sheets: 'sheet',
  ledgers: 'ledger',
  targets: 'target',
  events: 'event source',
  functions: 'function',
  definitions: 'definition',
};

export function createBorders(settings: Known): Borders {
  const { departments, shared } = settings;
  const factors = new Set(settings.people.flatMap(({ authenticator }) => authenticator ?? []));
  const infrastructure = new Set(secretsOfSettings(settings));
  const ownOf = (department: string): (DepartmentSettings | undefined)[] => [
    departments && Object.hasOwn(departments, department) ? departments[department] : undefined,
    shared,
  ];
  const lists = (things: DepartmentSettings | undefined, { kind, name }: Use): boolean =>
    things !== undefined && name !== undefined && namesOf(things, kind).some((pattern) => fits(pattern, name));
  const isOwned = (department: string, use: Use): boolean => ownOf(department).some((things) => lists(things, use));
  const ownersOf = (use: Use): string[] =>
    Object.entries(departments ?? {}).flatMap(([name, things]) => (lists(things, use) ? [name] : []));

  const refusal: Borders['refusal'] = (department, use) => {
    const { kind, name } = use;
    // What is worked out at run time is judged then.
    if (name === undefined) return undefined;
    const what = `${SINGULAR[kind]} "${name}"`;
    if (kind === 'secrets' && factors.has(name)) return `${what} is how a person signs in: no definition gets it`;
    if (kind === 'definitions' && name.startsWith(`${department}/`)) return undefined;
    if (kind === 'events' && isOwnSource(department, name)) return undefined;
    if (isOwned(department, use)) return undefined;
    if (kind === 'secrets' && infrastructure.has(name)) {
      return `${what} is used by the settings themselves: list it under departments/${department}/secrets if definitions need it`;
    }
    if (!departments) return undefined;
    const owners = ownersOf(use);
    if (owners.length > 0) return `${what} belongs to ${owners.join(', ')}, not to ${department}`;
    if (kind === 'events') {
      // "/hr/…" is what its definitions emit, "form/hr/…" what people hand in to it.
      const [, source = ''] = /^(?:form)?\/([^/]+)\//.exec(name) ?? [];
      return Object.hasOwn(departments, source) ? `${what} belongs to ${source}, not to ${department}` : undefined;
    }
    if (!CLOSED.has(kind)) return undefined;
    return `${what} belongs to no department: list it under departments/${department}/${kind}, or under shared`;
  };
  return {
    drawn: departments !== undefined,
    refusal,
    receives: (department, source) => refusal(department, useOfEvent(source)) === undefined,
    emitRefusal(department, source) {
      if (useOfEvent(source).kind !== 'events' || /^(hook|form)\//.test(source))
        return `events of "${source}" come from there alone`;
      const [, other] = /^\/([^/]+)\//.exec(source) ?? [];
      if (other !== undefined && other !== department)
        return `events of "${source}" come from ${other}, not from ${department}`;
      return refusal(department, { kind: 'events', name: source });
    },
    hostsOfSecret: (department, secret) => {
      const found = ownOf(department).flatMap((things) => things?.secrets[secret] ?? []);
      return found.length > 0 ? found : undefined;
    },
    hostsOf: (department) => ownOf(department).flatMap((things) => things?.hosts ?? []),
  };
}

const isOwnSource = (department: string, source: string): boolean =>
  source.startsWith(`/${department}/`) || source.startsWith(`form/${department}/`);

function namesOf(things: DepartmentSettings, kind: UseKind): string[] {
  const listed = things[kind];
  return Array.isArray(listed) ? listed : Object.keys(listed);
}

/** `*` stands for any letters. */
function fits(pattern: string, name: string): boolean {
  const [head = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return pattern === name;
  if (!name.startsWith(head)) return false;
  const tail = rest.pop() ?? '';
  let at = head.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - tail.length >= at && name.endsWith(tail);
}

/** Secrets that mailboxes, targets, the mail server and encrypted documents are opened with. */
function secretsOfSettings({ mailboxes, places, targets, smtp, documents }: Known): string[] {
  const named = [
    ...Object.values(mailboxes).map(({ password }) => password),
    ...Object.values(places).flatMap((place) => ('password' in place ? place.password : undefined)),
    ...Object.values(places).flatMap((place) => ('privateKey' in place ? place.privateKey : undefined)),
    ...Object.values(targets).flatMap(({ password, totp }) => [password, totp]),
    ...[smtp.password, smtp.dkim?.key],
    ...documents.passwords,
  ];
  return named.filter((name) => name !== undefined);
}
