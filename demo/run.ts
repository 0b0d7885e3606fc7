import { rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readDefinition } from '../cli/commands/deploy.ts';
import { ProblemError } from '../core/model/problem.ts';
import { setUp } from '../installation/tools/index.ts';
import { deploy } from '../server/runs/deploy.ts';
import { lockHome } from '../installation/home.ts';
import { approveAll } from './approver.ts';
import { demoInvoices } from './documents/invoices.ts';
import { makeDemoDocuments } from './documents/make.ts';
import { type Line, look } from './follow.ts';
import { openPlace, type Place } from './place.ts';
import { makeReport, renderReport } from './report.ts';
import { sendMails } from './send.ts';
import { type Services, startServices } from './services.ts';
import { createTable } from './table.ts';

/** Decides the numbers and the noise of the documents. */
const SEED = 'demo';

const USAGE = `npm run demo [-- OPTIONS]
  --approve      a headless browser approves; ends by itself with exit 0 when all went as expected
  --home DIR     state of the demo (default .zaplecze/demo)
  --fresh        forgets what was, and starts anew
  --report FILE  where the report goes (default demo-report.json)`;

/** Pause between two looks at the runs. */
const LOOK_MS = 1000;
const ENDED: ReadonlySet<Line['state']> = new Set(['done', 'failed']);
/** Exit code after Ctrl-C, as shells have it: 128 + SIGINT. */
const INTERRUPTED = 130;
/** With --approve: on two busy cores all is done within some minutes; what takes longer is stuck. */
const APPROVE_LIMIT_MS = 15 * 60_000;

const { values } = parseArgs({
  options: {
    approve: { type: 'boolean', default: false },
    home: { type: 'string', default: '.zaplecze/demo' },
    report: { type: 'string', default: 'demo-report.json' },
    fresh: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const say = (text: string) => console.error(text);

async function main(): Promise<number> {
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const stopping = new AbortController();
  // Once: a second Ctrl-C ends at once, as with any program.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
  const home = resolve(values.home);
  const lock = await lockHome(join(home, 'mail'));
  try {
    if (values.fresh) await rm(home, { recursive: true, force: true });
    return await runDemo(home, stopping);
  } finally {
    await lock.release();
  }
}

async function runDemo(home: string, stopping: AbortController): Promise<number> {
  const tools = await setUp(say);
  const place = await openPlace(home);
  say('making the suppliers’ documents …');
  const dir = join(home, 'documents');
  const mails = await makeDemoDocuments({ dir, chromium: tools.chromium.path, today: place.today, seed: SEED });
  if (stopping.signal.aborted) return INTERRUPTED;
  say('starting mail server, accounting application, Temporal, workers and server …');
  const services = await startServices(place, tools);
  services.installation.ended.catch(() => stopping.abort());
  try {
    await deployDefinition(services);
    tellLinks(place, services);
    await sendMails(place, mails, say);
    const papers = { mails, invoices: Object.values(demoInvoices(SEED, place.today)) };
    const approver = values.approve ? approveAll(services, place, papers, tools.chromium.path) : undefined;
    const lines = await follow(services, mails, stopping.signal);
    await approver?.close();
    if (lines === undefined) return tellStopped(services);
    return await finish(lines, place, services, stopping.signal);
  } finally {
    await services.close();
  }
}

/** Stopped before the end: by Ctrl-C, or because a worker broke down (then this rejects with its error). */
async function tellStopped({ installation }: Services): Promise<number> {
  await Promise.race([installation.ended, new Promise((done) => setImmediate(done))]);
  say(`stopped; the same command continues from here. State: ${values.home}`);
  return values.approve ? INTERRUPTED : 0;
}

async function deployDefinition(services: Services): Promise<void> {
  const folder = join(import.meta.dirname, '..', 'definitions', 'finance', 'supplier-invoices');
  const { client, parts, temporal } = services.installation.installation;
  const options = { searchAttributes: temporal.searchAttributes };
  const { store, settings } = parts;
  const result = await deploy({ store, client, timeZone: settings.timeZone, options }, await readDefinition(folder));
  if (result.ok) return;
  throw new Error(result.findings.map((f) => `${f.file}:${f.line}:${f.column} ${f.message}`).join('\n'));
}

function tellLinks(place: Place, { mailboxUrl, intranet, installation }: Services): void {
  console.log(`
Open in your browser:
  mailboxes of the approvers   ${mailboxUrl}
  accounting application       ${intranet.url}   user bot, password ${place.passwords['intranet-bot'] ?? ''}
  Temporal                     ${installation.temporalUi ?? 'at TEMPORAL_ADDRESS'}
  register                     ${join(place.home, 'sheets', 'register.xlsx')}
${values.approve ? '' : '\nNow you are the approver: open the mailboxes and click Approve. Ctrl-C stops; a start after that goes on.\n'}`);
}

/** Draws the table until every mail is done; undefined when stopped before. */
async function follow(
  services: Services,
  mails: Parameters<typeof look>[1],
  signal: AbortSignal,
): Promise<Line[] | undefined> {
  const draw = createTable(process.stdout);
  const until = Date.now() + APPROVE_LIMIT_MS;
  const { client, parts } = services.installation.installation;
  const stopped = new Promise<undefined>((done) => signal.addEventListener('abort', () => done(undefined)));
  while (!signal.aborted) {
    const lines = await Promise.race([look({ client, store: parts.store }, mails), stopped]);
    if (lines === undefined) break;
    draw(lines);
    if (lines.every(({ state }) => ENDED.has(state) || (values.approve && state === 'parked'))) return lines;
    if (values.approve && Date.now() > until) return lines;
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
  return undefined;
}

async function finish(lines: Line[], place: Place, services: Services, signal: AbortSignal): Promise<number> {
  const { store } = services.installation.installation.parts;
  const report = await makeReport(lines, await services.intranet.postings(), store, place.home);
  await writeFile(values.report, `${JSON.stringify(report, undefined, 2)}\n`);
  console.log(
    `\n${renderReport(report)}\n\n${report.postings} postings in the accounting application. ${values.report} has it all.`,
  );
  if (!values.approve && !signal.aborted) {
    console.log('Everything stays open for a look. Ctrl-C stops.');
    await new Promise((done) => signal.addEventListener('abort', done));
    return 0;
  }
  return report.ok ? 0 : 1;
}

try {
  process.exit(await main());
} catch (error) {
  if (error instanceof ProblemError) console.error(error.message);
  else if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    // Free when the demo chose it, taken since, for example by a second demo that started in the same moment.
    console.error(`${error.message}. To fix: start again, and another port is chosen where it has to be`);
  } else console.error(error instanceof Error ? error.stack : String(error));
  process.exit(1);
}
