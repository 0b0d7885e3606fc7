import type { Settings } from '../../settings/settings.ts';
import { type Finding, pointer } from '../finding.ts';
import type { LoadedDefinition } from '../load.ts';
import { type List, type Path, type Place, walk } from './walk.ts';

/** What the settings of an installation know by name. */
export type KnownNames = Pick<
  Settings,
  'roles' | 'ledgers' | 'mailboxes' | 'places' | 'targets' | 'departments' | 'shared' | 'people' | 'smtp' | 'documents'
>;

/** What lies beside a definition. */
export type Surroundings = {
  /**
   * Texts of the files beside it by their path from its folder, `forms/post-invoice.yaml`. Absent where the definition
   * is checked alone: then nothing is said about forms and mail texts.
   */
  files?: Readonly<Record<string, string>> | undefined;
  /** What the settings of the installation know; without it, nothing is said about roles, ledgers, mailboxes and targets. */
  names?: KnownNames | undefined;
};

/** What every rule gets: the definition, its tasks, and a way to say what is wrong. */
export type Context = Surroundings & {
  loaded: LoadedDefinition;
  places: readonly Place[];
  lists: readonly List[];
};

/** One rule: looks at a definition and tells what is wrong. */
export type Rule = (context: Context) => Finding[];

export function createContext(loaded: LoadedDefinition, surroundings: Surroundings): Context {
  return { ...surroundings, loaded, ...walk(loaded.definition) };
}

export type Told = {
  rule: string;
  message: string;
  hint?: string | undefined;
  severity?: Finding['severity'];
  /** Point at the name of the value, not at the value. */
  at?: 'key' | 'value';
};

/** A finding about the value at `path`. */
export function tellAt(context: Context, path: Path, told: Told): Finding {
  const { source } = context.loaded;
  const at = pointer(path);
  const { hint, severity = 'error', at: what = 'value', ...rest } = told;
  return { file: source.file, ...source.locate(at, what), severity, ...rest, ...(hint && { hint }), path: at };
}
