import { describeFinding } from '../../core/forms/finding.ts';
import type { FormFinding } from '../../core/forms/finding.ts';
import { checkForm } from '../../core/forms/load.ts';
import type { FieldState, Visit } from '../../bots/forms/index.ts';
import { ProblemError } from '../../core/model/problem.ts';
import { readText } from '../input-file.ts';
import { EXIT, table, type Io } from '../io.ts';
import { openTarget, saveFiles, withRunner } from './form-target.ts';
import type { TargetOptions } from './form-target.ts';

export type CheckOptions = TargetOptions & { offline?: boolean; json?: boolean; out?: string };

/** What a visit tells in words; `unseen` is no fault. */
const WORDS: Record<FieldState['state'], string> = {
  holds: 'holds',
  drifted: 'drifted: found, but no longer by',
  missing: 'missing:',
  unclear: 'unclear:',
  unseen: 'not seen:',
};
const IN_ORDER: ReadonlySet<string> = new Set(['holds', 'unseen']);

/**
 * `zaplecze form check FORM`: checks the file, then visits its target read-only and tells which fields are still found.
 * Not in order: a mistake in the file, or a field that has drifted, is missing or unclear.
 */
export async function check(file: string, options: CheckOptions, io: Io): Promise<number> {
  const { form, findings } = checkForm(await readText(file), file);
  if (!form) return tell(io, options, { file, findings });
  if (options.offline) return tell(io, options, { file, findings: [] });
  try {
    const target = await openTarget(form.target.name, options);
    const visit = await withRunner({ headless: true }, (runner) =>
      runner.visit({ form, target, key: 'check', values: {}, context: {} }),
    );
    if (options.out !== undefined) await saveFiles(options.out, visit.proof);
    return tell(io, options, { file, findings: [], visit });
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return tell(io, options, { file, findings: [], error });
  }
}

/** What is known of a form file: of its text, and of its target where that could be visited. */
type Checked = { file: string; findings: readonly FormFinding[]; visit?: Visit; error?: ProblemError };

function tell(io: Io, { json }: CheckOptions, { file, findings, visit, error }: Checked): number {
  const fields = visit?.fields ?? [];
  const faults = fields.filter(({ state }) => !IN_ORDER.has(state));
  const ok = findings.length + faults.length === 0 && !error;
  if (json) {
    io.out(JSON.stringify({ ok, file, findings, fields, ...(error && { problem: error.problem }) }, null, 2));
    return ok ? EXIT.ok : EXIT.notOk;
  }
  for (const finding of findings) io.out(describeFinding(finding));
  const rows = fields.map(({ field, state, why }) => [
    field,
    state === 'holds' ? WORDS.holds : `${WORDS[state]} ${why}`,
  ]);
  if (rows.length > 0) io.out(table(['field', 'on the page'], rows));
  if (error) io.err(error.message);
  const seen = fields.filter(({ state }) => state !== 'unseen').length;
  const visited = visit ? `, ${seen} of ${fields.length} fields seen, ${faults.length} with problems` : '';
  io.out(`${file}: ${findings.length} ${findings.length === 1 ? 'mistake' : 'mistakes'} in the file${visited}`);
  return ok ? EXIT.ok : EXIT.notOk;
}
