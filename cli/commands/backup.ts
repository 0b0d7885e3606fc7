import { resolve } from 'node:path';
import { makeBackup } from '../../installation/backup/make-backup.ts';
import { restoreBackup } from '../../installation/backup/restore-backup.ts';
import { askHolder, homeDir, lockHome } from '../../installation/home.ts';
import { openStore } from '../../store/index.ts';
import { EXIT, type Io } from '../io.ts';

/** The keys lie beside the backup only until somebody puts them elsewhere. */
const keysBeside = (file: string): string => `${file}.keys`;

/** `zaplecze backup FILE`: everything of this installation, while it runs. */
export async function backup(name: string, options: { keys?: string }, io: Io): Promise<number> {
  const [home, file] = [homeDir(), resolve(name)];
  const keys = resolve(options.keys ?? keysBeside(file));
  // The embedded database is open in one process alone: that one makes the backup.
  const told = process.env.DATABASE_URL ? undefined : await askHolder(home, 'backup', { file, keys });
  const parts = told ?? String(await backupHere(home, file, keys));
  io.out(`${file}: ${parts} parts; their SHA-256 checksums are verified when you restore`);
  io.out(`${keys}: keys and secrets. Keep this file somewhere else: whoever has it can open the backup`);
  if (process.env.DATABASE_URL) io.out(TEMPORAL_APART);
  return EXIT.ok;
}

const TEMPORAL_APART =
  'Runs are in the Temporal database, which is not in this backup. See "Backup" in docs/operating.md for what to back up together';

async function backupHere(home: string, file: string, keys: string): Promise<number> {
  const databaseUrl = process.env.DATABASE_URL;
  const lock = databaseUrl ? undefined : await lockHome(home);
  try {
    const store = await openStore({ dir: home, databaseUrl });
    try {
      return (await makeBackup({ home, store, file, keys })).parts.length;
    } finally {
      await store.close();
    }
  } finally {
    await lock?.release();
  }
}

/** `zaplecze restore FILE --home DIR`: an installation out of a backup, in an empty folder. */
export async function restore(name: string, options: { home: string; keys?: string }, io: Io): Promise<number> {
  const [home, file] = [resolve(options.home), resolve(name)];
  const lock = await lockHome(home);
  try {
    const keys = resolve(options.keys ?? keysBeside(file));
    const { made, parts } = await restoreBackup({ home, file, keys, databaseUrl: process.env.DATABASE_URL });
    io.out(`${parts.length} parts restored into ${home}, as they were at ${made}`);
    io.out(
      `Move mails filed after that from "processed" to the inbox. Mails that already have a run start no new one.`,
    );
    io.out(`Start it with ZAPLECZE_HOME=${home} zaplecze up, once the old installation is stopped for good.`);
    return EXIT.ok;
  } finally {
    await lock.release();
  }
}
