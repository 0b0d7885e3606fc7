import { runTests } from './run-tests.ts';

/** `npm test [-- ARGUMENTS OF VITEST]`: the tiers that belong to every change, one after another. */
const TIERS = ['unit', 'engine', 'journey'];

process.exit(await runTests([...TIERS.flatMap((tier) => ['--project', tier]), ...process.argv.slice(2)]));
