import type { DepartmentSettings } from '../settings/departments.ts';

/** Kinds of things that departments own. */
export type UseKind = Exclude<keyof DepartmentSettings, 'hosts'>;

/** Something that a definition uses. Without a name it is computed, and known only when it runs. */
export type Use = { kind: UseKind; name: string | undefined };

/** Arguments that name a thing, in every function of the catalogue. */
const ARGUMENTS: Readonly<Record<string, UseKind>> = {
  ledger: 'ledgers',
  mailbox: 'mailboxes',
  place: 'places',
  target: 'targets',
};
/** Functions whose `file`, where it is a text, lies in the folder of sheets. */
const READS_SHEETS = /^(?:sheet|table)\./;
/** Workbooks of rules lie in the folder of sheets; other rules lie beside the definition. */
const RULES_ARGUMENT = 'rules';
const isWorkbook = (value: unknown): value is string => typeof value === 'string' && value.endsWith('.xlsx');

/**
 * What one call uses, by its function and arguments: the function itself, and what the arguments name. The same for a
 * definition that is checked and for a call that is made.
 * @param isComputed says of a text that it is worked out at run time
 */
export function usesOfCall(name: string, args: unknown, isComputed: (text: string) => boolean = () => false): Use[] {
  const uses: Use[] = [{ kind: 'functions', name }];
  if (typeof args !== 'object' || args === null) return uses;
  const add = (kind: UseKind, value: unknown): void => {
    if (typeof value === 'string') uses.push({ kind, name: isComputed(value) ? undefined : value });
  };
  for (const [argument, value] of Object.entries(args)) {
    if (Object.hasOwn(ARGUMENTS, argument)) add(ARGUMENTS[argument] ?? 'targets', value);
    if (argument === 'file' && READS_SHEETS.test(name)) add('sheets', value);
    if (argument === 'file' && typeof value === 'object' && value !== null && 'place' in value)
      add('places', value.place);
    if (argument === RULES_ARGUMENT && isWorkbook(value)) add('sheets', value);
    if (argument === 'table' && typeof value === 'object' && value !== null && 'file' in value)
      add('sheets', value.file);
  }
  return uses;
}

/** What an event belongs to: mails and files to whoever may use their mailbox or place, everything else to its source. */
export function useOfEvent(source: string): Use {
  const [, door, name] = /^(mailbox|place)\/(.+)$/.exec(source) ?? [];
  if (door === undefined) return { kind: 'events', name: source };
  return { kind: door === 'place' ? 'places' : 'mailboxes', name };
}
