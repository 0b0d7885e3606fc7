import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { homeDir } from '../installation/home.ts';

/** The server answers from its own store and Temporal; what takes longer hangs. */
const ANSWER_TIMEOUT_MS = 30_000;

const Server = z.object({ url: z.url(), token: z.string() });

/** The installation cannot be reached, or refuses. `hint` says how to mend it. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: unknown;

  constructor(message: string, status: number, body?: unknown) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.body = body;
  }
}

/** Calls the HTTP API of the installation: ZAPLECZE_URL and ZAPLECZE_TOKEN, else what `zaplecze up` wrote into its home. */
export async function callApi(method: Method, path: string, body?: unknown): Promise<unknown> {
  const response = await send(method, path, body);
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer;
  const detail = z.object({ detail: z.string() }).safeParse(answer);
  throw new ApiError(detail.success ? detail.data.detail : `HTTP ${response.status}`, response.status, answer);
}

/** Reads an answer that is text, piece by piece. */
export async function* readApi(path: string): AsyncGenerator<string> {
  const response = await send('GET', path, undefined);
  if (!response.ok || !response.body) throw new ApiError(`HTTP ${response.status}`, response.status);
  yield* response.body.pipeThrough(new TextDecoderStream());
}

type Method = 'GET' | 'POST' | 'DELETE';

async function send(method: Method, path: string, body: unknown): Promise<Response> {
  const { url, token } = await findServer();
  try {
    return await fetch(new URL(`/api${path}`, url), {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    });
  } catch {
    throw new ApiError(`${url} does not respond. To fix: start it with "zaplecze up", or set ZAPLECZE_URL`, 0);
  }
}

async function findServer(): Promise<z.infer<typeof Server>> {
  const { ZAPLECZE_URL: url, ZAPLECZE_TOKEN: token } = process.env;
  if (url && token) return { url, token };
  const path = join(homeDir(), 'server.json');
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) {
    throw new ApiError(
      `no installation is running in ${homeDir()}. To fix: start one with "zaplecze up", or set ZAPLECZE_URL and ZAPLECZE_TOKEN`,
      0,
    );
  }
  return Server.parse(JSON.parse(text));
}
