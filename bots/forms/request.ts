import type { FormDefinition } from '../../core/forms/form.ts';
import type { FileContent } from '../../core/model/artefact.ts';
import type { Drift } from './proof/drift.ts';
import type { FormContext } from './progress.ts';
import type { Target } from './session/sessions.ts';

export type FormRequest = {
  form: FormDefinition;
  target: Target;
  /** What identifies the record; one key is never written twice. */
  key: string;
  values: Record<string, unknown>;
  /** Content of a file of the run, by its id; for what is to be attached. */
  fileOf?: ((id: string) => Promise<FileContent>) | undefined;
  context: FormContext;
};

export type FormResult = {
  outcome: 'written' | 'already-there';
  /** The search did not show it: a person looked, and says that it is there. */
  confirmedBy?: 'person';
  /** Number that the target gave. */
  record?: string;
  /** Dates in ISO 8601, amounts as decimal strings. */
  readBack: Record<string, string>;
  /** Pictures, PNG; where the page has changed, each field before and after, and a patch for the form file. */
  proof: FileContent[];
  /** Tables that were read from the screen or from a report, by name. */
  tables?: Record<string, Record<string, string>[]>;
  /** Fields that were found although the page has changed since the form file was written. */
  drift: Drift[];
};
