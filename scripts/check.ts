import { runTool } from './run.ts';

/** `npm run check`: everything that can be known without running the product. All steps run; one that fails fails all. */
const STEPS: [name: string, tool: string, args: string[]][] = [
  ['format', 'prettier', ['--check', '--log-level', 'warn', '.']],
  ['lint', 'oxlint', ['--type-aware', '.']],
  ['types', 'tsc', ['--noEmit']],
  [
    'imports',
    'depcruise',
    [
      '--output-type',
      'err',
      ...'definitions workflows activities bots workers server store cli demo scripts tests'.split(' '),
    ],
  ],
  ['dead code', 'knip', []],
];

const failed: string[] = [];
for (const [name, tool, args] of STEPS) {
  console.log(`check: ${name}`);
  if ((await runTool(tool, args)) !== 0) failed.push(name);
}
console.log(failed.length === 0 ? 'check: all in order' : `check: not in order: ${failed.join(', ')}`);
process.exit(failed.length === 0 ? 0 : 1);
