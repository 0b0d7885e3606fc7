import { mkdir } from 'node:fs/promises';
import type { WatchEvent } from '../bots/mailbox/index.ts';
import { CAPABILITIES } from '../core/catalogue/define.ts';
import type { Settings } from '../core/settings/settings.ts';
import { temporalFromEnvironment } from '../installation/temporal-connection.ts';
import { makeBackup } from '../installation/backup/make-backup.ts';
import { lockHome } from '../installation/home.ts';
import { quietTemporal } from '../installation/embedded/quiet-temporal.ts';
import { type Installation, openInstallation } from './open-installation.ts';
import { runWorkers } from './run-workers.ts';
import { startServer } from './serve.ts';
import type { PlaceEvent } from '../bots/places/index.ts';
import { watchPlaces } from './watch-places.ts';
import { watchMailboxes } from './watch-mailboxes.ts';
import { giveBackLostWork } from '../installation/embedded/lost-work.ts';
import { startTemporalServer, type TemporalServer } from '../installation/embedded/temporal-server.ts';

export type UpOptions = {
  home: string;
  settings: Settings;
  /** Program of the Temporal CLI; not used where `TEMPORAL_ADDRESS` points to a server. */
  temporalExecutable: string;
  temporalPort: number;
  uiPort?: number;
  chromium: string;
  /** What happens at the mailboxes. */
  onWatchEvent?: (event: WatchEvent) => void;
  /** What happens at the places that are watched. */
  onPlaceEvent?: (event: PlaceEvent) => void;
};

export type Up = {
  installation: Installation;
  url: string;
  /** Where whoever starts the installation becomes its administrator; there as long as it has none. */
  firstAdmin: string | undefined;
  temporalUi?: string | undefined;
  /** Rejects when a worker breaks down. */
  ended: Promise<void>;
  close(): Promise<void>;
};

/** Namespace of Temporal that embedded installations use. */
const NAMESPACE = 'default';

/**
 * Starts everything on this machine in one process tree: Temporal's development server on a file, the store, all
 * workers, the server and the mailbox watchers. All state lies in `home`; a start after a crash goes on where it was.
 */
export async function up(options: UpOptions): Promise<Up> {
  const { home, settings } = options;
  await mkdir(home, { recursive: true });
  const lock = await lockHome(home);
  const closers: (() => Promise<void>)[] = [() => lock.release()];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    quietTemporal();
    const external = process.env.TEMPORAL_ADDRESS ? temporalFromEnvironment(process.env) : undefined;
    const server: TemporalServer | undefined = external ? undefined : await startTemporal(options);
    if (server) closers.push(() => server.stop());
    const installation = await openInstallation({
      home,
      settings,
      temporal: {
        ...(external ?? { address: server?.address ?? '', namespace: NAMESPACE }),
        searchAttributes: !external,
        uiPort: options.uiPort,
      },
      databaseUrl: process.env.DATABASE_URL,
      chromium: options.chromium,
    });
    closers.push(() => installation.close());
    lock.answer({ backup: backupsOf(installation) });
    if (server) await giveBackLostWork(installation.client);
    const serving = await startServer(installation);
    closers.push(() => serving.stop());
    const workers = await runWorkers(installation, CAPABILITIES);
    closers.push(() => workers.stop());
    const watches = watchMailboxes(installation, options.onWatchEvent ?? (() => {}));
    closers.push(() => watches.stop());
    const places = watchPlaces(installation, options.onPlaceEvent ?? (() => {}));
    closers.push(() => places.stop());
    const { url, firstAdmin } = serving;
    return { installation, url, firstAdmin, temporalUi: server?.uiUrl, ended: workers.ended, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Makes a backup for another process of the same owner; answers with the number of its parts. */
function backupsOf({ home, parts: { store } }: Installation) {
  return async ({ file, keys }: Record<string, string>): Promise<string> => {
    if (file === undefined || keys === undefined) throw new Error('a backup needs two files');
    return String((await makeBackup({ home, store, file, keys })).parts.length);
  };
}

function startTemporal(options: UpOptions): Promise<TemporalServer> {
  return startTemporalServer({
    executable: options.temporalExecutable,
    home: options.home,
    port: options.temporalPort,
    ...(options.uiPort !== undefined && { uiPort: options.uiPort }),
    namespace: NAMESPACE,
  });
}
