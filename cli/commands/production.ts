import { resolve } from 'node:path';
import { CAPABILITIES, type Capability } from '../../core/catalogue/define.ts';
import { chromiumPart } from '../../installation/tools/chromium.ts';
import { homeDir } from '../../installation/home.ts';
import { type Installation, openInstallation } from '../../workers/open-installation.ts';
import { quietTemporal } from '../../installation/embedded/quiet-temporal.ts';
import { runWorkers } from '../../workers/run-workers.ts';
import { startServer } from '../../workers/serve.ts';
import { isUnguarded, temporalFromEnvironment } from '../../installation/temporal-connection.ts';
import { loadSettings } from '../../installation/settings.ts';
import { watchPlaces } from '../../workers/watch-places.ts';
import { watchMailboxes } from '../../workers/watch-mailboxes.ts';
import { EXIT, type Io } from '../io.ts';
import { placeWords } from '../place-words.ts';
import { watchWords } from '../watch-words.ts';
import { stopSignal, tellFirstAdmin } from './up.ts';

type Options = { settings: string; searchAttributes?: boolean };

/** `zaplecze worker CAPABILITY…`: stateless workers on TEMPORAL_ADDRESS and DATABASE_URL, until SIGTERM. */
export async function worker(capabilities: string[], options: Options, io: Io): Promise<number> {
  const unknown = capabilities.find((name) => !isCapability(name));
  if (unknown !== undefined) {
    io.err(`Unknown capability "${unknown}". Capabilities: ${CAPABILITIES.join(', ')}`);
    return EXIT.usage;
  }
  const installation = await open(options, io);
  const known = capabilities.filter(isCapability);
  const workers = await runWorkers(installation, known);
  const watches = known.includes('mail')
    ? [
        watchMailboxes(installation, (event) => io.err(watchWords(event))),
        watchPlaces(installation, (event) => io.err(placeWords(event))),
      ]
    : [];
  io.out(`worker: ${known.join(', ')}`);
  try {
    await Promise.race([workers.ended, stopSignal()]);
  } finally {
    for (const watch of watches) await watch.stop();
    await workers.stop();
    await installation.close();
  }
  return EXIT.ok;
}

/** `zaplecze serve`: approval pages and API on TEMPORAL_ADDRESS and DATABASE_URL, until SIGTERM. */
export async function serve(options: Options, io: Io): Promise<number> {
  const installation = await open(options, io);
  const serving = await startServer(installation);
  io.out(`server: ${serving.url}`);
  tellFirstAdmin(serving.firstAdmin, io);
  await stopSignal();
  await serving.stop();
  await installation.close();
  return EXIT.ok;
}

async function open(options: Options, io: Io): Promise<Installation> {
  quietTemporal();
  const temporal = temporalFromEnvironment(process.env);
  if (isUnguarded(temporal)) io.err(UNGUARDED);
  return openInstallation({
    home: homeDir(),
    settings: await loadSettings(resolve(options.settings)),
    temporal: { ...temporal, searchAttributes: options.searchAttributes ?? false },
    databaseUrl: process.env.DATABASE_URL,
    chromium: (await chromiumPart.find())?.path,
  });
}

/** Not refused: a network of containers may be guarded by other means. */
const UNGUARDED =
  'Temporal is reached without TLS and without an API key: anyone on that network can read and stop runs. See "Temporal in production" in docs/operating.md';

function isCapability(name: string): name is Capability {
  return CAPABILITIES.some((capability) => capability === name);
}
