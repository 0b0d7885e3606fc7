import { conceal } from '../../core/model/concealed.ts';
import { DefaultLogger, Runtime } from '@temporalio/worker';

/** Only the engine's worker runs workflows. That the others do not is how it is meant, yet each start warns of it. */
const MEANT_SO = 'No workflows registered, not polling for workflow tasks';

let quiet = false;

/**
 * Keeps Temporal's library from speaking and acting on its own: of its log, people see warnings and errors, on stderr;
 * signals are ours. Called before any connection.
 */
export function quietTemporal(): void {
  if (quiet) return;
  quiet = true;
  const logger = new DefaultLogger('WARN', ({ level, message, meta }) => {
    if (message === MEANT_SO) return;
    const cause = meta?.error instanceof Error ? ` ${meta.error.message}` : '';
    console.error(conceal(`${new Date().toISOString()} temporal ${level} ${message}${cause}`));
  });
  // The library would stop the workers by itself on Ctrl-C, before our own orderly end has begun.
  const shutdownSignals: NodeJS.Signals[] = [];
  Runtime.install({
    logger,
    shutdownSignals,
    telemetryOptions: { logging: { forward: {}, filter: { core: 'WARN', other: 'WARN' } } },
  });
}
