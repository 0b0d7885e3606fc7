import { createParser } from 'eventsource-parser';
import { applicationException } from '../../../core/model/problem.ts';
import { MAX_CONTENT_BYTES } from '../request.ts';
import type { Arrived } from './message.ts';

const EVENT_STREAM = 'text/event-stream';
const JSON_LINES = /^application\/(x-ndjson|ndjson|jsonl|json-seq)$/;

export type Streamed = {
  messages: AsyncIterable<Arrived>;
  /** The stream is meant to go on: where it breaks off, the client comes again. */
  goesOn: boolean;
};

/**
 * Messages in the body of an HTTP answer, by its media type: server-sent events (WHATWG HTML, 9.2), one JSON text a
 * line, or one message as the whole body.
 */
export function messagesIn(response: Response, url: URL): Streamed {
  const type = (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const chunks = response.body ?? emptyBody();
  const headers = Object.fromEntries(response.headers);
  if (type === EVENT_STREAM) return { messages: events(chunks, url), goesOn: true };
  if (JSON_LINES.test(type)) return { messages: lines(chunks, headers, url), goesOn: false };
  return { messages: whole(chunks, headers, url), goesOn: false };
}

async function* emptyBody(): AsyncGenerator<Uint8Array> {
  // An answer without a body has no messages.
}

async function* events(chunks: AsyncIterable<Uint8Array>, url: URL): AsyncGenerator<Arrived> {
  const ready: Arrived[] = [];
  let size = 0;
  const parser = createParser({
    onEvent({ data, event, id }) {
      size = 0;
      const headers = { ...(event !== undefined && { event }), ...(id !== undefined && { id }) };
      ready.push({ content: Buffer.from(data), isText: true, headers, id });
    },
  });
  const decoder = new TextDecoder();
  for await (const chunk of chunks) {
    size += chunk.length;
    parser.feed(decoder.decode(chunk, { stream: true }));
    if (size > MAX_CONTENT_BYTES) throw tooMuch(url);
    yield* ready.splice(0);
  }
}

async function* lines(
  chunks: AsyncIterable<Uint8Array>,
  headers: Record<string, string>,
  url: URL,
): AsyncGenerator<Arrived> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    if (rest.length > MAX_CONTENT_BYTES) throw tooMuch(url);
    for (const line of parts) if (line.trim() !== '') yield { content: Buffer.from(line), isText: true, headers };
  }
  if (rest.trim() !== '') yield { content: Buffer.from(rest), isText: true, headers };
}

async function* whole(
  chunks: AsyncIterable<Uint8Array>,
  headers: Record<string, string>,
  url: URL,
): AsyncGenerator<Arrived> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > MAX_CONTENT_BYTES) throw tooMuch(url);
    parts.push(chunk);
  }
  if (size > 0) yield { content: Buffer.concat(parts), isText: true, headers };
}

function tooMuch({ origin, pathname }: URL) {
  const detail = `${origin}${pathname} sent a message of more than ${MAX_CONTENT_BYTES} bytes`;
  return applicationException('communication', detail, { retryable: false });
}
