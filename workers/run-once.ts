import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CAPABILITIES } from '../core/catalogue/define.ts';
import type { LoadedDefinition } from '../core/language/load.ts';
import { MESSAGES, Progress, type TaskState } from '../core/model/run.ts';
import type { Settings } from '../core/settings/settings.ts';
import { startRun } from '../intake/start-run.ts';
import { freePort } from '../installation/embedded/ports.ts';
import { startTemporalServer } from '../installation/embedded/temporal-server.ts';
import { type Installation, openInstallation } from './open-installation.ts';
import { problemOf, type Played } from '../installation/rehearsal/played.ts';
import { quietTemporal } from '../installation/embedded/quiet-temporal.ts';
import { runWorkers } from './run-workers.ts';
import { startServer } from './serve.ts';

/** How often the run is asked what it has done: often enough to watch, seldom enough to cost nothing. */
const LOOK_EVERY_MS = 250;
/** Namespace of the server that is thrown away. */
const NAMESPACE = 'default';

export type OnceOptions = {
  definition: LoadedDefinition;
  source: string;
  files: Record<string, string>;
  input: unknown;
  settings: Settings;
  /** State folder whose `secrets.json` is read; nothing is written there. */
  secretsFrom: string;
  temporalExecutable: string;
  chromium: string;
  /** Each task, once, when it has ended. */
  onTask: (task: TaskState) => void;
  /** Where people decide, for runs that ask. */
  onReady: (url: string) => void;
  /** Aborted: the run is cancelled, and tidies up. */
  signal: AbortSignal;
};

/**
 * Runs a definition once, for real, in an installation of its own that is thrown away at the end: Temporal's development
 * server, a store, all workers, and the pages on which people decide. A fault ends the run instead of parking it.
 */
export async function runOnce(options: OnceOptions): Promise<Played> {
  quietTemporal();
  const home = await mkdtemp(join(tmpdir(), 'zaplecze-run-'));
  const closers: (() => Promise<void>)[] = [() => rm(home, { recursive: true, force: true })];
  try {
    const { temporalExecutable: executable, chromium, settings, secretsFrom } = options;
    const server = await startTemporalServer({ executable, home, port: await freePort(), namespace: NAMESPACE });
    closers.push(() => server.stop());
    const installation = await openInstallation({
      home,
      settings,
      secretsFrom,
      temporal: { address: server.address, namespace: NAMESPACE, searchAttributes: false },
      chromium,
    });
    closers.push(() => installation.close());
    const serving = await startServer(installation);
    closers.push(() => serving.stop());
    const workers = await runWorkers(installation, CAPABILITIES);
    closers.push(() => workers.stop());
    options.onReady(serving.url);
    return await perform(installation, options);
  } finally {
    for (const closer of closers.reverse()) await closer();
  }
}

async function perform({ client, parts }: Installation, options: OnceOptions): Promise<Played> {
  const { definition, hash } = options.definition;
  const { namespace, name, version } = definition.document;
  const { source, files } = options;
  await parts.store.definitions.deploy({ hash, namespace, name, version, definition, source, files });
  const deployed = await parts.store.definitions.byHash(hash);
  if (!deployed) throw new Error('a definition that was just deployed has disappeared');
  const { run } = await startRun(client, deployed, 'once', options.input, { onFault: 'fail' });
  const handle = client.workflow.getHandle(run);
  const cancel = (): void => void handle.signal(MESSAGES.cancel).catch(() => undefined); // It may have ended meanwhile.
  options.signal.addEventListener('abort', cancel);
  const told = new Set<string>();
  const look = async (): Promise<Progress> => {
    const progress = Progress.parse(await handle.query(MESSAGES.progress));
    for (const task of progress.tasks.filter(({ endedAt }) => endedAt !== undefined)) {
      const key = `${task.reference} ${task.startedAt}`;
      if (!told.has(key)) options.onTask(task);
      told.add(key);
    }
    return progress;
  };
  const ended = handle.result().then(
    (output: unknown) => ({ output }),
    (error: unknown) => ({ fault: problemOf(error) }),
  );
  for (;;) {
    const pause = new Promise<undefined>((done) => setTimeout(done, LOOK_EVERY_MS));
    const result = await Promise.race([ended, pause]);
    const progress = await look();
    if (result) return { ...result, progress };
  }
}
