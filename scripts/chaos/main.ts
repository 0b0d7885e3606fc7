import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { uniform } from '../../demo/documents/random.ts';
import { findDamage } from './damage.ts';
import { runWithKills } from './run.ts';

const USAGE = `npm run chaos [-- OPTIONS]
  Runs one demo, kills it again and again at random moments, and looks for whatever was lost or doubled.
  --kills N      how often it is killed (default 10; 2 is a short form of some two minutes)
  --seed N       decides the moments; printed, so that a finding can be had again
  --home DIR     state of the demo, kept afterwards (default a temporary folder, kept only after a finding)`;

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    home: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

async function main(): Promise<number> {
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  if (process.platform !== 'linux') {
    console.error('chaos: finds the processes to kill in /proc, hence on Linux only');
    return 2;
  }
  console.log(`chaos: ${values.kills} kills, seed ${values.seed}`);
  const folder = values.home ?? (await mkdtemp(join(tmpdir(), 'zaplecze-chaos-')));
  const place = { home: join(folder, 'home'), report: join(folder, 'report.json') };
  const { code, alive } = await runWithKills(place, Number(values.kills), uniform(Number(values.seed)), console.log);
  const damage = [
    ...(code === 0 ? [] : [`the last start ended with exit ${code}`]),
    ...(alive.length === 0 ? [] : [`processes are still running: ${alive.join(', ')}`]),
    ...(await findDamage(place.home, place.report)),
  ];
  for (const line of damage) console.log(`chaos: ${line}`);
  console.log(damage.length === 0 ? 'chaos: nothing lost, nothing doubled' : `chaos: the state is kept in ${folder}`);
  if (damage.length === 0 && !values.home) await rm(folder, { recursive: true });
  return damage.length === 0 ? 0 : 1;
}

process.exit(await main());
