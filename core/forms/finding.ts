/** One thing wrong in a form file: where, what, and how to mend it. Lines and columns count from 1. */
export type FormFinding = { file: string; line: number; column: number; what: string; mend: string };

/** `file:line:column: what (mend)`, as compilers write it, so that editors can jump there. */
export function describeFinding(finding: FormFinding): string {
  return `${finding.file}:${finding.line}:${finding.column}: ${finding.what} (${finding.mend})`;
}
