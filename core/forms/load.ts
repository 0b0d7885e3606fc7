import { type Finding, pointer } from '../language/finding.ts';
import { checkShape } from '../language/shape/check.ts';
import { readYaml } from '../language/yaml/read.ts';
import { STANDARD_ERROR_BASE, STANDARD_ERRORS, ProblemError } from '../model/problem.ts';
import { describeFinding } from './finding.ts';
import type { FormFinding } from './finding.ts';
import { FormDefinition } from './form.ts';
import { checkNames } from './names.ts';

/** A form file that cannot be used; `findings` say where and how to mend each fault. Never retried. */
export class FormFileError extends ProblemError {
  readonly findings: readonly FormFinding[];

  constructor(findings: readonly FormFinding[]) {
    const detail = findings.map(describeFinding).join('\n');
    const type = `${STANDARD_ERROR_BASE}configuration`;
    super({ type, status: STANDARD_ERRORS.configuration, title: 'form file', detail }, { retryable: false });
    this.name = 'FormFileError';
    this.findings = findings;
  }
}

/** A form file as its author wrote it. */
export type FormSource = { text: string; file: string };

/**
 * Reads a form file.
 * @param file name for messages; nothing is opened.
 * @throws FormFileError with every fault found.
 */
export function loadForm(text: string, file: string): FormDefinition {
  const { form, findings } = checkForm(text, file);
  if (!form) throw new FormFileError(findings);
  sources.set(form, { text, file });
  return form;
}

const sources = new WeakMap<FormDefinition, FormSource>();

/** The text that a form was loaded from, for patches; undefined for one that was made in another way. */
export function sourceOf(form: FormDefinition): FormSource | undefined {
  return sources.get(form);
}

/**
 * Checks a form file offline: YAML, shape, names, and that a posting form can be found again and confirmed. The words are
 * those of the checks of definitions.
 */
export function checkForm(text: string, file: string): { form?: FormDefinition; findings: FormFinding[] } {
  const { source, value, findings: unread } = readYaml(text, file);
  if (unread.length > 0) return { findings: unread.map((finding) => told(finding, finding.message, finding.hint)) };
  const { data: form, findings: misshapen } = checkShape(FormDefinition, value, source);
  if (!form) return { findings: misshapen.map(misshape) };
  const findings = checkNames(form).map(({ path, what, mend }) => {
    const where = path.length > 0 ? `${path.map(String).join('/')}: ` : '';
    return told({ file, ...source.locate(pointer(path), 'key') }, where + what, mend);
  });
  return findings.length === 0 ? { form, findings } : { findings };
}

/** Hints about the whole of a file speak of the language of definitions. */
const misshape = (finding: Finding): FormFinding =>
  finding.path === ''
    ? told(finding, finding.message)
    : told(finding, `${finding.path.slice(1)}: ${finding.message}`, finding.hint);

type Where = Pick<FormFinding, 'file' | 'line' | 'column'>;

function told({ file, line, column }: Where, what: string, mend = 'see docs/forms.md'): FormFinding {
  return { file, line, column, what, mend };
}
