import { basename, join } from 'node:path';
import { z } from 'zod';
import { DEFINITION_FILE, filesBeside } from '../../core/language/folder.ts';
import { callApi } from '../api-client.ts';
import { readText } from '../input-file.ts';
import { EXIT, type Io } from '../io.ts';

const Finding = z.object({
  file: z.string(),
  line: z.number(),
  column: z.number(),
  severity: z.string(),
  message: z.string(),
  hint: z.string().optional(),
});
const Deployed = z.object({
  hash: z.string(),
  changed: z.boolean(),
  namespace: z.string(),
  name: z.string(),
  version: z.string(),
  findings: z.array(Finding).default([]),
  running: z.record(z.string(), z.number()).default({}),
  previous: z
    .object({ version: z.string(), changes: z.array(z.object({ change: z.string(), what: z.string() })) })
    .optional(),
});
const Proposed = z.object({ proposal: z.string(), namespace: z.string(), name: z.string(), version: z.string() });
const Refused = z.object({ ok: z.literal(false) });
const Migrated = z.object({
  version: z.string(),
  moved: z.array(z.string()),
  refused: z.array(z.object({ run: z.string(), why: z.string() })),
});

/** `zaplecze deploy DIR|FILE…`: checks each definition and makes it an immutable version. */
export async function deploy(paths: string[], options: { json?: boolean }, io: Io): Promise<number> {
  let code: number = EXIT.ok;
  for (const path of paths) {
    const request = await readDefinition(path);
    const answer = await callApi('POST', '/definitions', request);
    if (Refused.safeParse(answer).success) {
      code = EXIT.notOk;
      tellFindings(answer, options, io);
      continue;
    }
    const proposed = Proposed.safeParse(answer);
    if (proposed.success) {
      tellProposal(proposed.data, options, io);
      continue;
    }
    const result = Deployed.parse(answer);
    if (options.json) io.out(JSON.stringify(result));
    else tell(result, io);
    if (!options.json) for (const finding of result.findings) io.err(findingText(finding));
  }
  return code;
}

function tellProposal(proposed: z.infer<typeof Proposed>, options: { json?: boolean }, io: Io): void {
  const { namespace, name, version, proposal } = proposed;
  if (options.json) return io.out(JSON.stringify(proposed));
  io.out(`${namespace}/${name} ${version}  proposed: somebody else must run "zaplecze proposals confirm ${proposal}"`);
}

/** `zaplecze undeploy NAMESPACE/NAME`: nothing starts it any more. */
export async function undeploy(definition: string, io: Io): Promise<number> {
  const [namespace, name] = definition.split('/');
  if (!namespace || !name) {
    io.err(`"${definition}" is not a definition name. Write namespace/name, for example finance/supplier-invoices`);
    return EXIT.usage;
  }
  const answer = await callApi('DELETE', `/definitions/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`);
  io.out(
    `${definition} ${z.object({ version: z.string() }).parse(answer).version}  undeployed; runs in progress keep it`,
  );
  return EXIT.ok;
}

function tell({ namespace, name, version, hash, changed, running, previous }: z.infer<typeof Deployed>, io: Io): void {
  const state = changed ? 'deployed' : 'already deployed';
  io.out(`${namespace}/${name} ${version}  ${hash.slice(0, 19)}  ${state}`);
  if (previous) {
    io.out(`  changes since ${previous.version}:${previous.changes.length === 0 ? ' none in its behaviour' : ''}`);
    for (const { change, what } of previous.changes) io.out(`    ${change.padEnd(8)} ${what}`);
  }
  for (const [old, count] of Object.entries(running)) {
    if (old === version) continue;
    io.out(`  still running on ${old}: ${count} (they keep this version; "zaplecze migrate" moves parked runs)`);
  }
}

/** The whole id of a run that was named by its beginning. */
async function wholeId(run: string): Promise<string> {
  return z.object({ run: z.string() }).parse(await callApi('GET', `/runs/${encodeURIComponent(run)}`)).run;
}

/** `zaplecze migrate NAMESPACE/NAME`: moves parked runs of older versions to the newest, or to the one named. */
export async function migrate(
  definition: string,
  options: { to?: string; run?: string[]; waiting?: boolean; json?: boolean },
  io: Io,
): Promise<number> {
  const [namespace, name] = definition.split('/');
  if (!namespace || !name) {
    io.err(`"${definition}" is not a definition name. Write namespace/name, for example finance/supplier-invoices`);
    return EXIT.usage;
  }
  const runs = options.run && (await Promise.all(options.run.map(wholeId)));
  const order = { version: options.to, runs, waiting: options.waiting };
  const answer = await callApi('POST', `/definitions/${namespace}/${name}/migrate`, order);
  const { version, moved, refused } = Migrated.parse(answer);
  if (options.json) io.out(JSON.stringify({ version, moved, refused }));
  else {
    for (const run of moved) io.out(`${run} continues on ${version}`);
    for (const { run, why } of refused) io.out(`${run} stays on its version: ${why}`);
    if (moved.length + refused.length === 0) io.out('no runs to move: none is parked on another version');
  }
  return refused.length > 0 ? EXIT.notOk : EXIT.ok;
}

/** A definition's folder, or its file, with the files beside it. */
export async function readDefinition(path: string) {
  const file = basename(path).endsWith('.yaml') ? path : join(path, DEFINITION_FILE);
  return { file, source: await readText(file), files: await filesBeside(file) };
}

function tellFindings(body: unknown, options: { json?: boolean }, io: Io): void {
  const { findings } = z.object({ findings: z.array(Finding) }).parse(body);
  if (options.json) return io.out(JSON.stringify({ ok: false, findings }));
  for (const finding of findings) io.err(findingText(finding));
}

function findingText({ file, line, column, severity, message, hint }: z.infer<typeof Finding>): string {
  return `${file}:${line}:${column}  ${severity}  ${message}${hint ? `\n    ${hint}` : ''}`;
}
