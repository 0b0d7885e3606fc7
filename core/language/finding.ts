/** What a check found, where in the file, and how to mend it. */
export type Finding = {
  file: string;
  /** From 1. */
  line: number;
  /** From 1, in UTF-16 units as editors count. */
  column: number;
  severity: 'error' | 'warning';
  /** `area/name`, for example `yaml/duplicate-key`: stable, for SARIF and for tests. */
  rule: string;
  message: string;
  hint?: string;
  /** JSON pointer (RFC 6901) to the place in the definition; empty for the whole. */
  path: string;
};

export type Position = { line: number; column: number };

/** JSON pointer of a path: `['do', 0, 'book']` → `/do/0/book`. */
export function pointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** File by file, and each from top to bottom. */
export function byPosition(a: Finding, b: Finding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column || a.rule.localeCompare(b.rule);
}

/** True when a finding forbids to deploy or run the definition. */
export function isError(finding: Finding): boolean {
  return finding.severity === 'error';
}
