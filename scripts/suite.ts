import { parseArgs } from 'node:util';
import { runTests } from './run-tests.ts';

const USAGE = `npm run suite [-- NAME… --full]
  The slow suites of tests/suites, those whose path contains a NAME or all of them, in their short form.
  --full    in their full form: as many inputs, kills and documents as the suite is meant for`;

const { values, positionals } = parseArgs({
  options: { full: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  allowPositionals: true,
});

if (values.help) {
  console.log(USAGE);
} else {
  const names = positionals.map((name) => `tests/suites/${name}`);
  process.exit(await runTests(['--project', 'suite', ...names], values.full ? { ZAPLECZE_FULL: '1' } : {}));
}
