import { LineCounter, isNode, isPair, parseDocument } from 'yaml';
import type { Document } from 'yaml';
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

type Path = readonly PropertyKey[];

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

/** Checks a form file offline: YAML, shape, names, and that a posting form can be found again and confirmed. */
export function checkForm(text: string, file: string): { form?: FormDefinition; findings: FormFinding[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  if (document.errors.length > 0) {
    const findings = document.errors.map((error) => ({
      file,
      ...at(error.pos[0]),
      what: error.message,
      mend: 'the file must be YAML: check indentation, colons and quotes',
    }));
    return { findings };
  }
  const parsed = FormDefinition.safeParse(document.toJS());
  const faults = parsed.success
    ? checkNames(parsed.data)
    : parsed.error.issues.map((issue) => ({
        path: issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path,
        what: issue.message,
        mend: 'see docs/forms.md',
      }));
  const findings = faults.map(({ path, what, mend }) => {
    const where = path.length > 0 ? `${path.map(String).join('/')}: ` : '';
    return { file, ...at(offsetOf(document, path)), what: where + what, mend };
  });
  return findings.length === 0 && parsed.success ? { form: parsed.data, findings } : { findings };
}

/** Where in the file a path leads; where it leads nowhere, its nearest ancestor that is there. */
function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const key = path[length - 1];
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const items: readonly unknown[] = isNode(parent) && 'items' in parent ? (parent.items as unknown[]) : [];
    for (const [index, item] of items.entries()) {
      if (isPair(item)) {
        const name: unknown = isNode(item.key) ? item.key.toJSON() : item.key;
        if (String(name) === String(key) && isNode(item.key)) return item.key.range?.[0] ?? 0;
      } else if (index === key && isNode(item)) return item.range?.[0] ?? 0;
    }
  }
  return 0;
}
