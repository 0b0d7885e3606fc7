/**
 * `node bench/rpa-challenge.ts [games]`: the form bot, by its form file, and a hand-written Playwright script play the
 * same game in turn; prints the median of both and their ratio. The page itself keeps the time.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { CHROMIUM_FLAGS } from '../bots/forms/session/chromium-flags.ts';
import { createFormRunner } from '../bots/forms/index.ts';
import { loadForm } from '../core/forms/load.ts';
import { LABELS, PEOPLE, servePage } from './challenge/page.ts';

const GAMES = Number(process.argv[2] ?? 7);
const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const file = join(import.meta.dirname, 'challenge/challenge.yaml');

const site = await servePage();
const form = loadForm(await readFile(file, 'utf8'), file);
const runner = createFormRunner({ executablePath });
const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
const times: { bot: number[]; script: number[] } = { bot: [], script: [] };
try {
  for (let game = 0; game < GAMES; game += 1) {
    times.script.push(await byScript(browser));
    times.bot.push(await byBot());
  }
} finally {
  await runner.close();
  await browser.close();
  site.close();
}
const [bot, script] = [median(times.bot), median(times.script)];
console.log(`${GAMES} games of ${PEOPLE.length} rounds, all rounds right, all input real`);
console.log(`  form file        ${bot.toFixed(0)} ms  (${times.bot.map((ms) => ms.toFixed(0)).join(' ')})`);
console.log(`  Playwright script ${script.toFixed(0)} ms  (${times.script.map((ms) => ms.toFixed(0)).join(' ')})`);
console.log(`  ratio            ${(bot / script).toFixed(2)}`);

/** What a developer would write for this page. */
async function byScript(from: Browser): Promise<number> {
  const page = await from.newPage();
  await page.goto(site.url);
  await page.getByRole('button', { name: 'Start' }).click();
  for (const person of PEOPLE) {
    for (const label of LABELS) await page.locator(`label:text-is("${label}") + input`).fill(person[label]);
    await page.getByRole('button', { name: 'Submit' }).click();
  }
  await page.getByText('Congratulations').waitFor();
  const ms = await elapsed();
  await page.close();
  return ms;
}

async function byBot(): Promise<number> {
  await runner.run({ form, target: { url: site.url }, key: 'game', values: { people: PEOPLE }, context: {} });
  return elapsed();
}

async function elapsed(): Promise<number> {
  const result = await site.result();
  if (result.right !== PEOPLE.length || !result.trusted) throw new Error(`not fair: ${JSON.stringify(result)}`);
  return result.elapsedMs;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
