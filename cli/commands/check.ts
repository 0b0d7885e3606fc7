import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkFolder } from '../../core/language/check-folder.ts';
import { type Finding, isError } from '../../core/language/finding.ts';
import { loadSettings } from '../../installation/settings.ts';
import type { Use } from '../../core/departments/uses.ts';
import { EXIT, type Io } from '../io.ts';
import { toSarif } from '../sarif.ts';

export type CheckOptions = { json?: boolean; sarif?: boolean; settings?: string; uses?: boolean };

/** `zaplecze check PATH…`: checks definitions offline. Not in order: an error, or nothing to check. */
export async function runCheck(paths: string[], options: CheckOptions, io: Io): Promise<number> {
  const missing = paths.filter((path) => !existsSync(path));
  for (const path of missing) io.err(`${path}: there is no such file or folder`);
  if (missing.length > 0) return EXIT.notOk;
  const { files, findings, uses } = await checkFolder(
    paths,
    options.settings === undefined ? undefined : await loadSettings(resolve(options.settings)),
  );
  const errors = findings.filter(isError).length;
  if (options.sarif) io.out(JSON.stringify(toSarif(findings), null, 2));
  else if (options.json)
    io.out(JSON.stringify({ ok: errors === 0 && files.length > 0, files, findings, uses }, null, 2));
  else tell(files, findings, errors, io);
  if (options.uses && !options.json && !options.sarif) tellUses(uses, io);
  return errors === 0 && files.length > 0 ? EXIT.ok : EXIT.notOk;
}

function tell(files: readonly string[], findings: readonly Finding[], errors: number, io: Io): void {
  for (const finding of findings) io.out(findingLine(finding));
  if (files.length === 0) return io.err('no definition found: name a YAML file, or a folder with automation.yaml');
  const counts = [
    count(files.length, 'definition'),
    count(errors, 'error'),
    count(findings.length - errors, 'warning'),
  ];
  io.out(counts.join(', '));
}

/** What each definition uses of what departments own, by kind. */
function tellUses(uses: Record<string, Use[]>, io: Io): void {
  for (const [file, used] of Object.entries(uses)) {
    io.out(`${file} uses`);
    for (const kind of new Set(used.map((use) => use.kind))) {
      const names = used.filter((use) => use.kind === kind).map(({ name }) => name ?? '(computed)');
      io.out(`  ${kind.padEnd(12)}${names.join(', ')}`);
    }
  }
}

/** `file:line:column  severity  message`, and below it how to mend it. */
export function findingLine({ file, line, column, severity, message, hint }: Finding): string {
  return `${file}:${line}:${column}  ${severity}  ${message}${hint ? `\n    ${hint}` : ''}`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
