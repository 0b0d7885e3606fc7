import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { applicationException } from '../../core/model/problem.ts';
import type { Idempotency } from '../../store/idempotency.ts';
import type { Caller } from './operation.ts';
import { conflict, unprocessable } from './problems.ts';

const KEY = /^[A-Za-z0-9_.:-]{1,200}$/;
const HEADER = 'Idempotency-Key';
/** From here on it was our fault: the same request may be made again. */
const OUR_FAULT = 500;

/**
 * Does a request once for each value of `Idempotency-Key` (IETF draft "The Idempotency-Key HTTP Header Field"): a
 * repetition gets the first answer, the same key with another request is refused.
 */
export async function onceByKey(
  c: Context,
  { keys, caller, clock }: { keys: Idempotency; caller: Caller; clock: () => Date },
  work: () => Promise<Response>,
): Promise<Response> {
  const key = c.req.header(HEADER);
  if (key === undefined || c.req.method === 'GET') return work();
  if (!KEY.test(key)) throw applicationException('validation', `${HEADER} has 1 to 200 letters, digits and _ . : -`);
  const request = createHash('sha256')
    .update(`${c.req.method} ${c.req.url}\n`)
    .update(Buffer.from(await c.req.arrayBuffer()))
    .digest('hex');
  const known = await keys.begin(caller.token, key, request, clock());
  if (known.known === 'other') throw unprocessable(`${HEADER} ${key} was used for another request`);
  if (known.known === 'under-way') throw conflict(`a request with ${HEADER} ${key} is in progress`);
  if (known.known === 'answer') return replay(c, known.status, known.body);
  try {
    const response = await work();
    await keep(keys, caller.token, key, response);
    return response;
  } catch (error) {
    await keys.release(caller.token, key);
    throw error;
  }
}

async function keep(keys: Idempotency, token: string, key: string, response: Response): Promise<void> {
  if (response.status >= OUR_FAULT) return keys.release(token, key);
  return keys.answered(token, key, { status: response.status, body: await response.clone().text() });
}

function replay(c: Context, status: number, body: string): Response {
  const type = status === 200 ? 'application/json' : 'application/problem+json';
  return c.body(body, status as 200, { 'Content-Type': type, 'Idempotent-Replayed': 'true' });
}
