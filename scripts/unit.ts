import { setUp } from '../installation/tools/index.ts';
import { runTool } from './run.ts';

/**
 * `npm run unit -- FILE… [OPTIONS OF VITEST]`: test files of any tier, by their path or a part of it. Tools are put in
 * place only for files that are not plain unit tests.
 */
const args = process.argv.slice(2);
if (args.length === 0) {
  console.error('usage: npm run unit -- FILE…, for example: npm run unit -- cli/input-file.test.ts');
  process.exit(2);
}

const needsTools = args.some((arg) => /\.engine\b|journeys|suites/.test(arg));
const tools = needsTools ? await setUp((text) => console.error(`zaplecze: ${text}`)) : undefined;
const env = tools ? { ZAPLECZE_TEMPORAL: tools.temporal.path, CHROMIUM_PATH: tools.chromium.path } : {};
const projects = needsTools ? [] : ['--project', 'unit'];
process.exit(await runTool('vitest', ['run', ...projects, ...args], env));
