import type { LookupFunction } from 'node:net';
import { WebSocket } from 'ws';
import { applicationException, ProblemError } from '../../../core/model/problem.ts';
import { classify } from '../../../core/model/classify-error.ts';
import { checkHeaders, MAX_CONTENT_BYTES } from '../request.ts';
import type { Arrived } from './message.ts';

/** A handshake is one round trip; a server that needs longer is down. */
const HANDSHAKE_MS = 10_000;
/** A closing handshake that does not come within this is not waited for. */
const CLOSE_MS = 2_000;
/** RFC 6455, 7.4.1: the server has said all that there is. */
const NORMAL_CLOSURE = 1000;
/** Frames that wait while earlier ones are dealt with; then the socket is paused. */
const MAX_WAITING = 100;

type Connection = { url: URL; headers: Headers; signal: AbortSignal; lookup: LookupFunction };

/** Sends one text frame and closes. Nothing is known of what the server does with it. */
export async function publishFrame(connection: Connection, text: string): Promise<void> {
  const socket = await open(connection);
  try {
    await new Promise<void>((resolve, reject) =>
      socket.send(text, (error) => (error ? reject(failed(connection.url, error)) : resolve())),
    );
  } finally {
    await close(socket);
  }
}

/**
 * Frames as they come, until the server closes as it should; any other end is a problem of type `communication`, that
 * may be tried again.
 */
export async function* frames(connection: Connection): AsyncGenerator<Arrived> {
  const waiting: Arrived[] = [];
  const state: { ended?: number; error?: Error } = {};
  let wake = (): void => undefined;
  // Before it is open: the first frames may come in the same packet as the handshake.
  const socket = await open(connection, (opening) => {
    opening.on('message', (data: Buffer, isBinary) => {
      waiting.push({ content: data, isText: !isBinary, headers: {} });
      if (waiting.length >= MAX_WAITING) opening.pause();
      wake();
    });
    opening.on('close', (code) => ((state.ended = code), wake()));
    opening.on('error', (error) => ((state.error = error), wake()));
  });
  const hangUp = (): void => wake();
  connection.signal.addEventListener('abort', hangUp, { once: true });
  try {
    for (;;) {
      connection.signal.throwIfAborted();
      const next = waiting.shift();
      if (next) {
        yield next;
        continue;
      }
      socket.resume();
      if (state.error) throw failed(connection.url, state.error);
      if (state.ended === NORMAL_CLOSURE) return;
      if (state.ended !== undefined) throw hungUp(connection.url, state.ended);
      await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    connection.signal.removeEventListener('abort', hangUp);
    await close(socket);
  }
}

function open({ url, headers, signal, lookup }: Connection, prepare?: (socket: WebSocket) => void): Promise<WebSocket> {
  checkHeaders(headers);
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, {
      headers: Object.fromEntries(headers),
      lookup,
      handshakeTimeout: HANDSHAKE_MS,
      maxPayload: MAX_CONTENT_BYTES,
      // Redirections would carry the credentials of the handshake elsewhere.
      followRedirects: false,
    });
    prepare?.(socket);
    const abort = (): void => socket.terminate();
    signal.addEventListener('abort', abort, { once: true });
    socket.once('open', () => (signal.removeEventListener('abort', abort), resolve(socket)));
    socket.once('unexpected-response', (_, { statusCode = 0 }) => {
      socket.terminate();
      reject(refused(url, statusCode));
    });
    socket.once('error', (error) => reject(signal.aborted ? signal.reason : failed(url, error)));
  });
}

function close(socket: WebSocket): Promise<void> {
  if (socket.readyState === WebSocket.CLOSED) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.terminate(), CLOSE_MS);
    socket.once('close', () => (clearTimeout(timer), resolve()));
    socket.close(NORMAL_CLOSURE);
  });
}

function refused({ origin, pathname }: URL, status: number) {
  const detail = `the WebSocket handshake with ${origin}${pathname} was answered ${status}`;
  return applicationException('communication', detail, { status, retryable: status >= 500 || status === 429 });
}

function hungUp({ origin, pathname }: URL, code: number) {
  return applicationException('communication', `${origin}${pathname} closed the WebSocket with code ${code}`);
}

function failed({ origin, pathname }: URL, error: Error) {
  if (error instanceof ProblemError) return error;
  const { problem, retryable } = classify(error);
  const detail = `WebSocket ${origin}${pathname}: ${problem.detail}`;
  return applicationException('communication', detail, { retryable, cause: error });
}
