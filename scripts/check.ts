import { runTool } from './run.ts';

/** Every top folder with code. */
const ROOMS = [
  ...'packages core store bots workflows activities intake installation server workers cli'.split(' '),
  ...'demo bench scripts tests'.split(' '),
];

/** `npm run check`: everything that can be known without running the product. All steps run; one that fails fails all. */
const STEPS: [name: string, tool: string, args: string[]][] = [
  ['format', 'prettier', ['--check', '--log-level', 'warn', '.']],
  ['lint', 'oxlint', ['--type-aware', '.']],
  ['types', 'tsc', ['--noEmit']],
  ['imports', 'depcruise', ['--output-type', 'err', ...ROOMS]],
  ['dead code', 'knip', []],
];

const failed: string[] = [];
for (const [name, tool, args] of STEPS) {
  console.log(`check: ${name}`);
  if ((await runTool(tool, args)) !== 0) failed.push(name);
}
console.log(failed.length === 0 ? 'check: all in order' : `check: not in order: ${failed.join(', ')}`);
process.exit(failed.length === 0 ? 0 : 1);
