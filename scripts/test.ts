import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { runTool } from './run.ts';
import { setUp } from './setup/index.ts';

const Report = z.object({ numPassedTests: z.number(), numFailedTests: z.number(), numPendingTests: z.number() });

/**
 * `npm test [-- ARGUMENTS OF VITEST]`: puts the tools in place, runs all tiers one after another, closes with one line
 * that counts. Servers that journeys need are started by the journeys, with the scripts in `scripts/services`.
 */
const tools = await setUp((text) => console.error(`zaplecze: ${text}`));
const folder = await mkdtemp(join(tmpdir(), 'zaplecze-test-'));
const report = join(folder, 'report.json');
const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...process.argv.slice(2)];
const code = await runTool('vitest', args, {
  ZAPLECZE_TEMPORAL: tools.temporal.path,
  CHROMIUM_PATH: tools.chromium.path,
});
const counts = Report.parse(JSON.parse(await readFile(report, 'utf8')));
await rm(folder, { recursive: true });
console.log(`${counts.numPassedTests} passed, ${counts.numFailedTests} failed, ${counts.numPendingTests} skipped`);
process.exit(code);
