import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { runTool } from './run.ts';
import { setUp } from './setup/index.ts';

const Report = z.object({ numPassedTests: z.number(), numFailedTests: z.number(), numPendingTests: z.number() });

/**
 * Puts the tools in place, runs the tests that Vitest finds for the arguments and closes with one line that counts.
 * Servers that journeys need are started by the journeys, with the scripts in `scripts/services`.
 *
 * @param args arguments of `vitest run`, such as `--project unit`
 * @param environment added to that of the tests
 * @returns the exit code of Vitest
 */
export async function runTests(args: string[], environment: Record<string, string> = {}): Promise<number> {
  const tools = await setUp((text) => console.error(`zaplecze: ${text}`));
  const folder = await mkdtemp(join(tmpdir(), 'zaplecze-test-'));
  const report = join(folder, 'report.json');
  const code = await runTool(
    'vitest',
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args],
    { ZAPLECZE_TEMPORAL: tools.temporal.path, CHROMIUM_PATH: tools.chromium.path, ...environment },
  );
  const counts = Report.parse(JSON.parse(await readFile(report, 'utf8')));
  await rm(folder, { recursive: true });
  console.log(`${counts.numPassedTests} passed, ${counts.numFailedTests} failed, ${counts.numPendingTests} skipped`);
  return code;
}
