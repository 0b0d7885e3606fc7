import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApprovalHouse } from '../../tests/support/approvals.ts';
import { invoice, LOCAL_TOKEN, openHouse } from '../../tests/support/approvals.ts';
import { eventually } from '../../tests/support/temporal.ts';

const ANNA = 'anna@huta.example';
const BEN = 'ben@huta.example';
const Problem = z.object({ type: z.string(), status: z.number(), detail: z.string() });

let house: ApprovalHouse;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => house.stop());

type Sent = { token?: string; body?: unknown; key?: string };

async function call(method: string, path: string, { token = LOCAL_TOKEN, body, key }: Sent = {}) {
  const headers = { authorization: `Bearer ${token}`, ...(key !== undefined && { 'Idempotency-Key': key }) };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await house.app.request(`/api${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: text }),
  });
  const answer: unknown = await response.json();
  if (!response.ok) {
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(Problem.parse(answer).status).toBe(response.status);
  }
  return { status: response.status, answer, replayed: response.headers.get('Idempotent-Replayed') };
}

async function tokenOf(scopes: string[], person?: string): Promise<string> {
  const { answer } = await call('POST', '/tokens', { body: { name: 'test', scopes, person } });
  return z.object({ token: z.string() }).parse(answer).token;
}

describe('readings', () => {
  it('should tell of no correction where nobody has corrected anything', async () => {
    expect(await call('GET', '/readings/accuracy', { token: await tokenOf(['runs:read']) })).toMatchObject({
      status: 200,
      answer: [],
    });
  });
});

describe('tokens', () => {
  it('should let nobody in without one, and with one only to what it allows', async () => {
    expect((await call('GET', '/runs', { token: 'zpl_other' })).status).toBe(401);
    expect((await house.app.request('/api/runs')).status).toBe(401);
    const token = await tokenOf(['runs:read']);
    expect((await call('GET', '/runs', { token })).status).toBe(200);
    expect((await call('GET', '/audit', { token })).status).toBe(403);
    expect((await call('GET', '/tasks', { token: await tokenOf(['tasks:read']) })).status).toBe(403);
  });

  it('should not hold once revoked, nor after its days', async () => {
    const made = z.object({ id: z.string(), token: z.string() });
    const one = made.parse((await call('POST', '/tokens', { body: { name: 'a', scopes: ['runs:read'] } })).answer);
    expect((await call('DELETE', `/tokens/${one.id}`)).status).toBe(200);
    expect((await call('DELETE', `/tokens/${one.id}`)).status).toBe(404);
    expect((await call('GET', '/runs', { token: one.token })).status).toBe(401);
    const body = { name: 'b', scopes: ['runs:read'], days: 1 };
    const two = made.parse((await call('POST', '/tokens', { body })).answer);
    const past = new Date(0).toISOString();
    await house.store.db.updateTable('api_tokens').set({ expires_at: past }).where('id', '=', two.id).execute();
    expect((await call('GET', '/runs', { token: two.token })).status).toBe(401);
    const stored = JSON.stringify(await house.store.db.selectFrom('api_tokens').selectAll().execute());
    expect(stored).not.toContain(two.token);
  });
});

describe('files and events that programs hand in', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const post = async (path: string, token: string, body: Uint8Array, headers: Record<string, string> = {}) => {
    const request = {
      method: 'POST',
      body: Uint8Array.from(body),
      headers: { authorization: `Bearer ${token}`, ...headers },
    };
    const response = await house.app.request(`/api${path}`, request);
    return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
  };

  it('should store a file as it is, once, for tokens that may', async () => {
    const token = await tokenOf(['artefacts:write']);
    const first = await post('/artefacts?name=all.bin', token, bytes, { 'Idempotency-Key': 'k1' });
    expect(first).toMatchObject({ status: 200, answer: { name: 'all.bin', size: 256 } });
    const { bytes: kept } = await house.store.artefacts.get(String(first.answer['id']));
    expect(new Uint8Array(kept)).toEqual(bytes);
    expect(await post('/artefacts?name=all.bin', token, bytes, { 'Idempotency-Key': 'k1' })).toEqual(first);
    expect((await post('/artefacts?name=a%2Fb', token, bytes)).status).toBe(400);
    expect((await post('/artefacts', token, bytes)).status).toBe(400);
    expect((await post('/artefacts?name=empty', token, new Uint8Array())).status).toBe(422);
    expect((await post('/artefacts?name=a', await tokenOf(['events:write']), bytes)).status).toBe(403);
  });

  it('should take more than other operations do, and no more than the store keeps', async () => {
    const token = await tokenOf(['artefacts:write', 'events:write']);
    const large = new Uint8Array(9 * 1024 * 1024);
    expect((await post('/artefacts?name=large', token, large)).status).toBe(200);
    expect((await post('/events', token, large)).status).toBe(413);
    const request = { 'content-length': String(65 * 1024 * 1024) };
    expect((await post('/artefacts?name=huge', token, bytes, request)).status).toBe(413);
  });

  it('should take an event in binary mode', async () => {
    const token = await tokenOf(['events:write']);
    const headers = { 'ce-specversion': '1.0', 'ce-id': '7', 'ce-source': '/shop', 'ce-type': 'order.made' };
    const sent = await post('/events', token, new TextEncoder().encode('{"a":1}'), {
      ...headers,
      'content-type': 'application/json',
    });
    expect(sent).toEqual({ status: 200, answer: { runs: [], signalled: [] } });
    const kept = await house.store.db.selectFrom('events').select('event').where('source', '=', '/shop').execute();
    expect(kept[0]?.event).toMatchObject({ id: '7', type: 'order.made', data: { a: 1 } });
  });
});

describe('what is not in order', () => {
  it.each([
    ['no JSON', '{"namespace":'],
    ['another shape', { namespace: 1 }],
    ['a field too many', { namespace: 'n', name: 'n', key: 'k', input: 1, more: 1 }],
    ['NUL', { namespace: 'n', name: 'n\u0000', key: 'k', input: 1 }],
    ['half a surrogate pair', { namespace: 'n', name: 'n', key: 'k', input: ['\ud800'] }],
    ['nested without end', `{"namespace":"n","name":"n","key":"k","input":${'['.repeat(5000)}${']'.repeat(5000)}}`],
  ])('should be refused as a problem: %s', async (_name, body) => {
    expect((await call('POST', '/runs', { body })).status).toBe(400);
  });

  it.each([[''], ['x'.repeat(901)]])(
    'should be refused before the engine sees it: a run without a name, or too long a one',
    async (run) => {
      expect((await call('POST', '/definitions/n/n/migrate', { body: { runs: [run] } })).status).toBe(400);
    },
  );

  it('should answer 404 and 413 as problems too', async () => {
    expect((await call('GET', '/nothing')).status).toBe(404);
    expect((await call('GET', '/runs/none')).status).toBe(404);
    expect((await call('POST', '/events', { body: 'x'.repeat(9 * 1024 * 1024) })).status).toBe(413);
  });
});

describe('idempotency keys', () => {
  it('should do a request once and give the same answer again', async () => {
    const sent = { body: { name: 'once', scopes: ['runs:read'] }, key: 'k1' };
    const [first, second] = [await call('POST', '/tokens', sent), await call('POST', '/tokens', sent)];
    expect(second).toEqual({ ...first, replayed: 'true' });
    const tokens = await house.store.apiTokens.list();
    expect(tokens.filter(({ name }) => name === 'once')).toHaveLength(1);
  });

  it('should refuse the same key with another body, and a key that is none', async () => {
    await call('POST', '/tokens', { body: { name: 'x', scopes: ['runs:read'] }, key: 'k2' });
    expect((await call('POST', '/tokens', { body: { name: 'y', scopes: ['runs:read'] }, key: 'k2' })).status).toBe(422);
    expect((await call('POST', '/tokens', { body: {}, key: 'a b' })).status).toBe(400);
  });

  it('should let one of many at the same moment do it', async () => {
    const sent = { body: { name: 'race', scopes: ['runs:read'] }, key: 'k3' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => call('POST', '/tokens', sent)));
    expect(new Set(answers.map(({ status }) => status))).not.toContain(500);
    const tokens = await house.store.apiTokens.list();
    expect(tokens.filter(({ name }) => name === 'race')).toHaveLength(1);
  });

  it('should keep the answer to a refusal as well', async () => {
    const body = { email: 'nobody@x.example', from: '2026-01-02', to: '2026-01-01', substitute: BEN };
    const sent = { token: await tokenOf(['tasks:decide'], ANNA), body, key: 'k4' };
    const first = await call('POST', '/substitutes', sent);
    expect(first.status).toBe(400);
    expect(await call('POST', '/substitutes', sent)).toEqual({ ...first, replayed: 'true' });
  });
});

describe('tasks', () => {
  const begin = (args: object) =>
    house.engine.begin({
      do: [{ approve: { call: 'approval.request', with: { about: invoice, approvers: [ANNA], ...args } } }],
    });
  const taskOf = (token: string) =>
    eventually(async () => {
      const { answer } = await call('GET', '/tasks', { token });
      return z.array(z.object({ approval: z.string() })).parse(answer)[0]?.approval;
    });

  it('should be decided by the person of the token, once', async () => {
    const run = await begin({});
    const token = await tokenOf(['tasks:read', 'tasks:decide'], ANNA);
    const approval = await taskOf(token);
    const decide = (who: string, body: object) => call('POST', `/tasks/${approval}/decision`, { token: who, body });
    const other = await tokenOf(['tasks:decide'], BEN);
    expect((await decide(other, { decision: 'approved' })).status).toBe(404);
    expect((await decide(token, { decision: 'rejected' })).status).toBe(422);
    expect((await decide(token, { decision: 'checked' })).status).toBe(422);
    const both = await Promise.all([1, 2].map(() => decide(token, { decision: 'approved' })));
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, expect.toBeOneOf([404, 409])]);
    expect(await run.result()).toMatchObject({ approved: true });
  });

  it('should take corrections of a validation by field', async () => {
    const run = await house.engine.begin({
      do: [{ check: { call: 'document.validate', with: { invoice, assign: [ANNA] } } }],
    });
    const token = await tokenOf(['tasks:read', 'tasks:decide'], ANNA);
    const approval = await taskOf(token);
    const decide = (fields: object) =>
      call('POST', `/tasks/${approval}/decision`, { token, body: { decision: 'checked', fields } });
    expect((await decide({ 'totals.gross': 'much' })).status).toBe(422);
    expect((await decide({ nothing: '1' })).status).toBe(422);
    expect((await decide({ number: 'FV/1' })).status).toBe(200);
    expect(await run.result()).toMatchObject({ outcome: 'corrected', invoice: { number: 'FV/1' } });
  });
});

describe('the description', () => {
  it('should be OpenAPI 3.1 with every operation, its scope and its problems', async () => {
    const response = await house.app.request('/api/openapi.json');
    const document = z
      .object({
        openapi: z.literal('3.1.0'),
        paths: z.record(
          z.string(),
          z.record(z.string(), z.object({ operationId: z.string(), responses: z.object({}).loose() })),
        ),
      })
      .parse(await response.json());
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const { responses } of operations)
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['200', '401', '403']));
  });
});
