import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Progress } from '../../core/model/run.ts';
import { callApi } from '../api-client.ts';
import { jsonOf } from '../input-file.ts';
import { EXIT, type Io, table } from '../io.ts';
import { minute, standing } from '../standing.ts';

const Summary = z.object({
  run: z.string(),
  title: z.string(),
  version: z.string(),
  status: z.string(),
  state: z.string().optional(),
  startedAt: z.string(),
  endedAt: z.string().optional(),
});
const Details = Summary.extend({
  progress: Progress.optional(),
  retrying: z.array(z.object({ call: z.string(), attempt: z.number(), detail: z.string() })).default([]),
  output: z.unknown().optional(),
  error: z.string().optional(),
});
const Started = z.object({ run: z.string(), started: z.boolean() });

type Json = { json?: boolean };

/** `zaplecze start NAMESPACE/NAME --input JSON|@FILE --key KEY`: starts a run; the same key never starts two. */
export async function start(
  definition: string,
  options: Json & { input?: string; key?: string; use?: string },
  io: Io,
): Promise<number> {
  const [namespace, name] = definition.split('/');
  if (!namespace || !name) {
    io.err(`"${definition}" is not a definition name. Write namespace/name, for example finance/supplier-invoices`);
    return EXIT.usage;
  }
  const input = options.input === undefined ? {} : await jsonOf('--input', options.input);
  const key = options.key ?? randomUUID();
  const answer = Started.parse(await callApi('POST', '/runs', { namespace, name, version: options.use, key, input }));
  if (options.json) io.out(JSON.stringify(answer));
  else io.out(answer.started ? `started ${answer.run}` : `${answer.run} already exists: this key has been used before`);
  return EXIT.ok;
}

/** `zaplecze runs`: the newest runs. */
export async function runs(options: Json, io: Io): Promise<number> {
  const list = z.array(Summary).parse(await callApi('GET', '/runs'));
  if (options.json) io.out(JSON.stringify(list));
  else
    io.out(
      table(
        ['STATUS', 'STARTED', 'DEFINITION', 'RUN'],
        list.map((r) => [r.state ?? r.status, minute(r.startedAt), `${r.title} ${r.version}`, r.run]),
      ),
    );
  return EXIT.ok;
}

/** `zaplecze show RUN`: its tasks in the order they started, what it waits for, what failed. */
export async function show(run: string, options: Json, io: Io): Promise<number> {
  const details = await detailsOf(run);
  if (options.json) io.out(JSON.stringify(details));
  else tell(details, io);
  return details.status === 'failed' ? EXIT.notOk : EXIT.ok;
}

/** A run by its id, or by the beginning of it. */
async function detailsOf(run: string): Promise<z.infer<typeof Details>> {
  return Details.parse(await callApi('GET', `/runs/${encodeURIComponent(run)}`));
}

/** `zaplecze retry|skip|confirm|none|end RUN`: what an operator does with an incident of a parked run. */
export async function operate(
  act: 'retry' | 'skip' | 'confirm' | 'none' | 'end',
  run: string,
  options: Json & { with?: string; output?: string; record?: string; reason?: string; incident?: string },
  io: Io,
): Promise<number> {
  const details = await detailsOf(run);
  const incidents = details.progress?.incidents ?? [];
  if (options.incident === undefined && incidents.length > 1) {
    io.err(`${details.run} is parked at ${incidents.length} tasks. Say which one with --incident:`);
    for (const { id, reference, problem } of incidents)
      io.err(`  ${id}  ${reference}: ${problem.detail ?? problem.type}`);
    return EXIT.usage;
  }
  const incident = options.incident ?? incidents[0]?.id;
  if (incident === undefined) {
    io.err(`${details.run} is not parked, so there is nothing to ${act}`);
    // What waits for a target is not parked: it is tried again by itself.
    if (details.retrying.length > 0) io.err(inQueue(details));
    return EXIT.notOk;
  }
  const body = {
    act,
    incident,
    ...(options.with !== undefined && { with: await jsonOf('--with', options.with) }),
    ...(options.output !== undefined && { output: await jsonOf('--output', options.output) }),
    ...(options.record !== undefined && { record: options.record }),
    ...(act === 'end' && { reason: options.reason ?? 'ended by the operator' }),
  };
  await callApi('POST', `/runs/${encodeURIComponent(details.run)}/operate`, body);
  io.out(options.json ? JSON.stringify({ ok: true, incident }) : `${act}: done`);
  return EXIT.ok;
}

/** `zaplecze suspend|resume|cancel RUN`: what an operator does with a run as a whole. */
export async function control(
  act: 'suspend' | 'resume' | 'cancel',
  run: string,
  options: Json & { reason?: string },
  io: Io,
): Promise<number> {
  const { run: id } = await detailsOf(run);
  const body = { act, ...(options.reason !== undefined && { reason: options.reason }) };
  await callApi('POST', `/runs/${encodeURIComponent(id)}/control`, body);
  io.out(options.json ? JSON.stringify({ ok: true }) : CONTROLLED[act]);
  return EXIT.ok;
}

const CONTROLLED = {
  suspend: 'suspended: current tasks finish, no further task starts until "zaplecze resume"',
  resume: 'resumed',
  cancel: 'cancelled: current tasks are stopped, open approvals are withdrawn',
};

/** Where an operator sees why a call is tried again, and what to do about it. */
function inQueue({ progress }: z.infer<typeof Details>): string {
  const [queue] = progress?.tasks.flatMap((task) => (task.queue === undefined ? [] : [task.queue])) ?? [];
  return queue === undefined ? 'It is retried automatically.' : `See why: zaplecze queue show ${queue}`;
}

/** What to do about an effect whose outcome is unknown. */
const unsure = (run: string): string =>
  `Check the other system, then: zaplecze confirm ${run} --record NUMBER   or, if nothing was done: zaplecze none ${run}`;

function tell(details: z.infer<typeof Details>, io: Io): void {
  const { run, title, version, status, startedAt, endedAt, progress, retrying, output } = details;
  io.out(
    `${run}\n${title} ${version}\n${progress?.status ?? status}, started ${minute(startedAt)}${endedAt ? `, ended ${minute(endedAt)}` : ''}`,
  );
  io.out(standing(details));
  const tasks = progress?.tasks ?? [];
  if (tasks.length > 0)
    io.out(
      `\n${table(
        ['TASK', 'STATUS', 'AT'],
        tasks.map((t) => [t.task, t.status, t.reference]),
      )}`,
    );
  for (const { call, attempt, detail } of retrying)
    io.out(`\n${call} is being retried (attempt ${attempt}): ${detail}`);
  if (retrying.length > 0) io.out(inQueue(details));
  for (const incident of progress?.incidents ?? []) {
    io.out(
      `\nparked at ${incident.reference} since ${minute(incident.since)}\n  ${incident.problem.detail ?? incident.problem.type}`,
    );
    io.out(
      `  ${incident.problem.unconfirmed ? unsure(run) : `Fix the cause, then: zaplecze retry ${run}   (or skip, or end)`}`,
    );
  }
  if (output !== undefined) io.out(`\noutput:\n${JSON.stringify(output, undefined, 2)}`);
}
