import { resolve } from 'node:path';
import { applicationException } from '../../core/model/problem.ts';
import { setUp } from '../../installation/tools/index.ts';
import { up as startAll } from '../../workers/up.ts';
import { homeDir } from '../../installation/home.ts';
import { loadSettings } from '../../installation/settings.ts';
import { EXIT, type Io } from '../io.ts';
import { placeWords } from '../place-words.ts';
import { watchWords } from '../watch-words.ts';

/** Port of the embedded Temporal server; its usual 7233 is often taken by a developer's own. */
const DEFAULT_TEMPORAL_PORT = 8433;
/** Ports are 16 bits wide. */
const MAX_PORT = 65_535;

/** `zaplecze up`: everything on this machine, until Ctrl-C. */
export async function up(options: { settings: string; temporalPort?: string; ui?: string }, io: Io): Promise<number> {
  const { ZAPLECZE_TEMPORAL_PORT: fromEnvironment } = process.env;
  const temporalPort = portOf(options.temporalPort ?? fromEnvironment) ?? DEFAULT_TEMPORAL_PORT;
  const uiPort = portOf(options.ui);
  const settings = await loadSettings(resolve(options.settings));
  const tools = await setUp((text) => io.err(text));
  const running = await startAll({
    home: homeDir(),
    settings,
    temporalExecutable: tools.temporal.path,
    temporalPort,
    ...(uiPort !== undefined && { uiPort }),
    chromium: tools.chromium.path,
    onWatchEvent: (event) => io.err(`${new Date().toISOString()} ${watchWords(event)}`),
    onPlaceEvent: (event) => io.err(`${new Date().toISOString()} ${placeWords(event)}`),
  });
  io.out(`zaplecze is up: ${running.url}${running.temporalUi ? `   Temporal: ${running.temporalUi}` : ''}`);
  tellFirstAdmin(running.firstAdmin, io);
  io.out(`state: ${homeDir()}   press Ctrl-C to stop; the next start continues from here`);
  try {
    await Promise.race([running.ended, stopSignal()]);
    io.out('stopping …');
  } finally {
    await running.close();
  }
  return EXIT.ok;
}

/** Says where the first administrator is made, as long as there is none. */
export function tellFirstAdmin(link: string | undefined, io: Io): void {
  if (link === undefined) return;
  io.out(
    `There is no administrator yet. To become the administrator, open this link within a day. Never share it:\n  ${link}`,
  );
}

/** A port as people write it; undefined where they did not. */
function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port <= MAX_PORT) return port;
  throw applicationException('configuration', `"${text}" is not a port. To fix: write a number from 1 to ${MAX_PORT}`);
}

/** Resolves on Ctrl-C or SIGTERM. */
export function stopSignal(): Promise<void> {
  return new Promise((done) => {
    process.once('SIGINT', () => done());
    process.once('SIGTERM', () => done());
  });
}
