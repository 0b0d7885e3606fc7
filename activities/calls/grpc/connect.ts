import { type Client, connectivityState } from '@grpc/grpc-js';
import { applicationException } from '../../../core/model/problem.ts';

/** A connection stands within a second or two, or the host is down. */
const CONNECT_MS = 10_000;

/**
 * Waits until the client is connected. Before that nothing has been sent: whatever fails here may be tried again. Throws
 * a problem of type `communication`.
 */
export async function connect(client: Client, host: string, signal: AbortSignal): Promise<void> {
  const channel = client.getChannel();
  const deadline = Date.now() + CONNECT_MS;
  for (;;) {
    const state = channel.getConnectivityState(true);
    if (state === connectivityState.READY) return;
    signal.throwIfAborted();
    if (state === connectivityState.TRANSIENT_FAILURE || !(await changed(channel, state, deadline))) {
      throw applicationException(
        'communication',
        `${host} does not accept a gRPC connection. Is it running, and does it use TLS?`,
      );
    }
  }
}

/** Whether the state changed before the deadline. */
function changed(
  channel: ReturnType<Client['getChannel']>,
  state: connectivityState,
  deadline: number,
): Promise<boolean> {
  return new Promise((resolve) => {
    channel.watchConnectivityState(state, deadline, (error) => resolve(error === undefined));
  });
}
