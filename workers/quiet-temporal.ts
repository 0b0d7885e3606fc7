import { DefaultLogger, Runtime } from '@temporalio/worker';

/** Only the engine's worker runs workflows. That the others do not is how it is meant, yet each start warns of it. */
const MEANT_SO = 'No workflows registered, not polling for workflow tasks';

let quiet = false;

/** Temporal's own log is for developers: people see its warnings and errors, on stderr. Called before any connection. */
export function quietTemporal(): void {
  if (quiet) return;
  quiet = true;
  const logger = new DefaultLogger('WARN', ({ level, message, meta }) => {
    if (message === MEANT_SO) return;
    const cause = meta?.error instanceof Error ? ` ${meta.error.message}` : '';
    console.error(`${new Date().toISOString()} temporal ${level} ${message}${cause}`);
  });
  Runtime.install({ logger, telemetryOptions: { logging: { forward: {}, filter: { core: 'WARN', other: 'WARN' } } } });
}
