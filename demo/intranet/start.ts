import { once } from 'node:events';
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { createIntranetApp } from './app.ts';
import { createFaultBox, type Faults } from './faults.ts';
import type { Posting, SupplierData } from './model.ts';
import { serverError } from './pages/frames.ts';
import { respond } from './pages/layout.ts';
import { openRegister } from './register.ts';
import { createSessions } from './sessions.ts';

/** How long a session lives without a request, where not said otherwise: the default of the servers of the time. */
const SESSION_MINUTES = 20;

export type IntranetOptions = {
  /** Folder of the state; made where absent. */
  dir: string;
  /** 0 takes a free port. */
  port: number;
  user: string;
  password: string;
  /** Suppliers of a new register; one that has state keeps its own. */
  suppliers: readonly SupplierData[];
  sessionMinutes?: number;
  /** Waited before each answer, milliseconds. */
  delayMs?: number;
  faults?: Faults;
  /** Clock of booking dates and sessions, for tests. */
  now?: () => Date;
};

export type Intranet = {
  /** Address of the frameset, for example `http://127.0.0.1:17500/`. */
  url: string;
  close(): Promise<void>;
  /** Every document posted so far, oldest first. */
  postings(): Promise<Posting[]>;
  /** Logs everybody out, as after a long pause. */
  expireSessions(): void;
  setFaults(faults: Faults): void;
};

/** Starts the accounting intranet on 127.0.0.1. Rejects where the port is taken or the folder cannot be written. */
export async function startIntranet(options: IntranetOptions): Promise<Intranet> {
  const now = options.now ?? (() => new Date());
  const register = await openRegister(options.dir, options.suppliers);
  const sessions = createSessions(options, options.sessionMinutes ?? SESSION_MINUTES, () => now().getTime());
  const faults = createFaultBox(options.delayMs ?? 0, options.faults ?? {}, () =>
    respond(serverError(), { status: 500 }),
  );
  const app = createIntranetApp({ register, sessions, faults, now });
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : options.port;
  return {
    url: `http://127.0.0.1:${port}/`,
    postings: async () => [...register.postings()],
    expireSessions: () => sessions.expireAll(),
    setFaults: (next) => faults.set(next),
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
    },
  };
}
