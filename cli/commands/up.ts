import { resolve } from 'node:path';
import { setUp } from '../../scripts/setup/index.ts';
import { up as startAll } from '../../workers/embedded/up.ts';
import { homeDir } from '../../workers/home.ts';
import { loadSettings } from '../../workers/settings.ts';
import { EXIT, type Io } from '../io.ts';
import { watchWords } from '../watch-words.ts';

/** Port of the embedded Temporal server; its usual 7233 is often taken by a developer's own. */
const DEFAULT_TEMPORAL_PORT = 8433;

/** `zaplecze up`: everything on this machine, until Ctrl-C. */
export async function up(options: { settings: string; temporalPort?: string; ui?: string }, io: Io): Promise<number> {
  const settings = await loadSettings(resolve(options.settings));
  const tools = await setUp((text) => io.err(text));
  const running = await startAll({
    home: homeDir(),
    settings,
    temporalExecutable: tools.temporal.path,
    temporalPort: Number(options.temporalPort ?? process.env.ZAPLECZE_TEMPORAL_PORT ?? DEFAULT_TEMPORAL_PORT),
    ...(options.ui && { uiPort: Number(options.ui) }),
    chromium: tools.chromium.path,
    onWatchEvent: (event) => io.err(`${new Date().toISOString()} ${watchWords(event)}`),
  });
  io.out(`zaplecze is up: ${running.url}${running.temporalUi ? `   Temporal: ${running.temporalUi}` : ''}`);
  io.out(`state: ${homeDir()}   stop with Ctrl-C; a start after that goes on where it was`);
  try {
    await Promise.race([running.ended, stopSignal()]);
    io.out('stopping …');
  } finally {
    await running.close();
  }
  return EXIT.ok;
}

/** Resolves on Ctrl-C or SIGTERM. */
export function stopSignal(): Promise<void> {
  return new Promise((done) => {
    process.once('SIGINT', () => done());
    process.once('SIGTERM', () => done());
  });
}
