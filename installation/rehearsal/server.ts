import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { freePort } from '../embedded/ports.ts';
import { startTemporalServer } from '../embedded/temporal-server.ts';

export type ThrowawayServer = { address: string; client: Client; connection: NativeConnection; close(): Promise<void> };

/** A Temporal server for one command, on a port of its own; nothing of it is left after `close`. */
export async function openServer(executable: string): Promise<ThrowawayServer> {
  const home = await mkdtemp(join(tmpdir(), 'zaplecze-rehearsal-'));
  const closers = [() => rm(home, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const server = await startTemporalServer({ executable, home, port: await freePort() });
    closers.push(() => server.stop());
    const plain = await Connection.connect({ address: server.address });
    closers.push(() => plain.close());
    const connection = await NativeConnection.connect({ address: server.address });
    closers.push(() => connection.close());
    return { address: server.address, client: new Client({ connection: plain }), connection, close };
  } catch (error) {
    await close();
    throw error;
  }
}
