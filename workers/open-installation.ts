import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { createEgress } from '../activities/calls/egress.ts';
import { createDocumentReader, type DocumentReader } from '../bots/documents/index.ts';
import { createFormRunner, type FormRunner, type Sealer } from '../bots/forms/index.ts';
import { createBorders } from '../core/departments/borders.ts';
import { lifecycleOf } from '../core/model/lifecycle.ts';
import type { Settings } from '../core/settings/settings.ts';
import { secondReaderFolder } from '../installation/tools/second-reader.ts';
import { openHome } from '../installation/home.ts';
import { openKeyRing } from '../installation/keys/key-ring.ts';
import { createQueues } from '../intake/queues.ts';
import { createRouter } from '../intake/router.ts';
import { isAbandoned } from '../server/runs/view.ts';
import { createTokens, type Tokens } from '../server/site/tokens.ts';
import { openStore, type Store } from '../store/index.ts';
import type { TemporalConnection } from '../installation/temporal-connection.ts';
import { createDecisionKeys, type DecisionKeys } from '../installation/keys/decision-keys.ts';
import { EncryptionCodec } from '../installation/keys/codec.ts';
import type { Parts } from './compose.ts';
import { gateRunner } from '../activities/gated-runner.ts';
import { ownServicesOf } from './own-services.ts';
import { reachDatabase, reachTemporal } from '../installation/reach.ts';
import { createNames } from '../installation/keys/names.ts';
import { createSealer } from '../installation/keys/seal.ts';
import { sealedConverter } from '../installation/keys/data-converter.ts';
import { openSecrets } from '../installation/secrets.ts';

export type InstallationOptions = {
  home: string;
  settings: Settings;
  temporal: TemporalConnection & { searchAttributes: boolean; uiPort?: number | undefined };
  databaseUrl?: string | undefined;
  /** State folder whose secrets are used, where it is another. */
  secretsFrom?: string;
  /** Program of the browser; asked for when the first form is filled. */
  chromium?: string | undefined;
};

/** What every process of an installation opens, whatever it runs: store, connections, keys, and the parts of activities. */
export type Installation = InstallationOptions & {
  client: Client;
  connection: NativeConnection;
  codec: EncryptionCodec;
  tokens: Tokens;
  decisionKeys: DecisionKeys;
  parts: Parts;
  publish: ReturnType<typeof createRouter>;
  close(): Promise<void>;
};

/** Opens an installation. Closing it closes everything that was opened, in the reverse order. */
export async function openInstallation(options: InstallationOptions): Promise<Installation> {
  const { home, settings, temporal } = options;
  await openHome(home);
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const keys = await openKeyRing(join(home, 'keys.json'));
    const sealers = { artefacts: createSealer(keys, 'artefacts'), columns: createSealer(keys, 'database') };
    const { databaseUrl } = options;
    const store = await reachDatabase(databaseUrl, openStore({ dir: home, databaseUrl, sealers }));
    closers.push(() => store.close());
    const codec = new EncryptionCodec(keys);
    const { address, tls, apiKey } = temporal;
    const guarded = { address, ...(tls !== undefined && { tls }), ...(apiKey !== undefined && { apiKey }) };
    const plain = await reachTemporal(address, Connection.connect(guarded));
    closers.push(() => plain.close());
    const connection = await reachTemporal(address, NativeConnection.connect(guarded));
    closers.push(() => connection.close());
    const dataConverter = sealedConverter(codec);
    const client = new Client({ connection: plain, namespace: temporal.namespace, dataConverter });
    const tokens = createTokens(keys);
    const decisionKeys = createDecisionKeys(keys);
    const routed = { searchAttributes: temporal.searchAttributes, ...lifecycleOf(settings) };
    const publish = createRouter({ store, client, options: routed, receives: createBorders(settings).receives });
    const ownServices = ownServicesOf(options);
    const { reader, runner } = lazyBots(options, { client, store }, createSealer(keys, 'browser sessions'), closers);
    const parts: Parts = {
      home,
      settings,
      secrets: openSecrets(options.secretsFrom ?? home),
      store,
      ownServices,
      publish,
      isAbandoned: (run) => isAbandoned(client, run),
      queues: createQueues(client),
      signLink: (claims) => tokens.signLink(claims),
      proofKeys: decisionKeys.publicKeys,
      namesOf: createNames(keys),
      reader,
      runner,
    };
    return { ...options, client, connection, codec, tokens, decisionKeys, parts, publish, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The reader and the browser cost memory: they start with the first worker that needs them. */
function lazyBots(
  options: InstallationOptions,
  { client, store }: { client: Client; store: Store },
  sealer: Sealer,
  closers: (() => Promise<void>)[],
) {
  const egress = createEgress({ hosts: options.settings.calls.hosts, own: ownServicesOf(options) });
  const secondReader = options.settings.documents.secondReader ? secondReaderFolder : undefined;
  let reader: DocumentReader | undefined;
  let runner: FormRunner | undefined;
  return {
    reader: () => {
      if (!reader) {
        const opened = createDocumentReader({ secondReader });
        closers.push(() => opened.close());
        reader = opened;
      }
      return reader;
    },
    runner: () => {
      if (!runner) {
        const opened = createFormRunner({
          executablePath: options.chromium ?? '/usr/bin/chromium',
          sessionDir: join(options.home, 'forms'),
          sealer,
          effects: store.effects,
          judge: egress.judge,
        });
        closers.push(() => opened.close());
        runner = gateRunner(opened, client, options.settings);
      }
      return runner;
    },
  };
}
