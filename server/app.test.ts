import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApplicationFailure, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import type { Hono } from 'hono';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DecideRequest } from '../core/model/approval.ts';
import type { OpenedApproval } from '../core/model/approval-plan.ts';
import { OpenApproval } from '../core/model/approval-plan.ts';
import type { Store } from '../store/index.ts';
import { openStore } from '../store/index.ts';
import { decide, invoice, pageTokenOf, post, settings } from '../tests/support/approvals.ts';
import { createApp } from './app.ts';
import type { Env } from './site/context.ts';
import type { TemporalUpdates } from '../intake/decisions.ts';
import { openKeyRing } from '../installation/keys/key-ring.ts';
import type { Tokens } from './site/tokens.ts';
import { createTokens, PAGE_LIFETIME_MS } from './site/tokens.ts';

/** The embedded database unpacks itself; on a busy machine that takes longer than vitest's ten seconds. */
const STORE_TIMEOUT_MS = 60_000;

const BEN = { name: 'Ben Carter', email: 'ben@huta.example', language: 'en' as const };
const EVIL = `<script>alert(1)</script>"'><img src=x onerror=alert(2)>\u202Egnp.exe\u202C 😀 شركة`;

let dir: string;
let store: Store;
let tokens: Tokens;
let app: Hono<Env>;
let now: Date;
/** What reached the engine, and what it answers. */
let updates: { run: string; updateId: string; request: DecideRequest }[];
let engine: () => Promise<unknown>;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'zaplecze-app-'));
  store = await openStore({ dir });
  tokens = createTokens(await openKeyRing(join(dir, 'keys.json')));
}, STORE_TIMEOUT_MS);
afterAll(async () => {
  await store.close();
  await rm(dir, { recursive: true });
});
beforeEach(() => {
  now = new Date('2026-11-24T10:00:00Z');
  updates = [];
  engine = async () => ({});
  app = createApp({
    store,
    temporal: temporal(),
    settings,
    tokens,
    prove: () => ({}),
    clock: () => now,
    log: () => undefined,
  });
});

async function startUpdate(_name: string, options: { args: [DecideRequest]; updateId: string }) {
  updates.push({ run: 'run-1', updateId: options.updateId, request: options.args[0] });
  const result = await engine();
  return { result: async () => result };
}

/** An engine at the other end of the one call that the pages make. */
function temporal(): TemporalUpdates {
  const client = {
    workflow: { getHandle: () => ({ startUpdate }) },
    withAbortSignal: (_signal: AbortSignal, fn: () => Promise<unknown>) => fn(),
  };
  return client as unknown as TemporalUpdates;
}

let opened = 0;
async function openApproval(change: Partial<OpenApproval> = {}): Promise<{ path: string; id: string }> {
  const id = `apr_test${String((opened += 1)).padStart(4, '0')}`;
  const request = OpenApproval.parse({
    kind: 'approval',
    about: invoice,
    approvers: [BEN.email],
    expire: 'PT1H',
    ...change,
  });
  const plan: OpenedApproval = {
    approval: id,
    rounds: [{ round: 1, approvers: [BEN.email] }],
    barred: [],
    expiresAt: '2026-12-08T10:00:00.000Z',
  };
  const call = {
    run: 'run-1',
    task: '/do/0/a',
    key: id,
    definition: { namespace: 'n', name: 'n', version: '1.0.0', hash: 'h' },
  };
  await store.approvals.open(request, plan, call, now);
  await store.approvals.asked(id, 1, BEN, { messageId: '<m@x>', reminder: 0 }, now);
  const token = tokens.signLink({ approval: id, round: 1, approver: BEN.email, expiresAt: new Date(plan.expiresAt) });
  return { path: `/a/${token}`, id };
}

describe('pages', () => {
  it('should escape and isolate whatever a document says', async () => {
    const about = { ...invoice, number: EVIL, seller: { name: EVIL }, lines: [{ name: EVIL }] };
    for (const kind of ['approval', 'validation'] as const) {
      const { path } = await openApproval({ kind, about });
      const page = await (await app.request(path)).text();
      expect(page).not.toContain('<script>alert');
      expect(page).not.toContain('<img src=x');
      if (kind === 'approval') expect(page, 'no overrides of the direction of writing').not.toMatch(/[\u202A-\u202E]/);
      expect(page).toContain('&lt;script&gt;');
      expect(page).toContain('😀 شركة');
    }
  });

  it('should carry a policy that allows nothing inline, and keep to it', async () => {
    const { path } = await openApproval({ kind: 'validation' });
    const response = await app.request(path);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('referrer-policy')).toBe('same-origin');
    const page = await response.text();
    expect(page).not.toMatch(/\sstyle=|\son\w+=|<style|<script>/);
    for (const [, address = ''] of page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)) {
      const asset = await app.request(address);
      expect(asset.status, address).toBe(200);
      expect(asset.headers.get('cache-control')).toContain('immutable');
    }
  });

  it('should refuse a link with a changed character, of nobody, or of another approval', async () => {
    const { path } = await openApproval();
    const changed = `${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`;
    expect((await app.request(changed)).status).toBe(404);
    const claims = { approval: 'apr_test0001', round: 1, expiresAt: new Date('2027-01-01') };
    const stranger = tokens.signLink({ ...claims, approver: 'mallory@huta.example' });
    expect((await app.request(`/a/${stranger}`)).status).toBe(404);
    const elsewhere = tokens.signLink({ ...claims, approval: 'apr_unknown1', approver: BEN.email });
    expect((await app.request(`/a/${elsewhere}`)).status).toBe(404);
    expect(
      (await app.request('/a/nonsense', { headers: { 'Accept-Language': 'pl' } })).headers.get('content-type'),
    ).toMatch(/html/);
  });
});

describe('decisions', () => {
  it('should reach the run bound to approval, round and person; the same page is the same update', async () => {
    const { path, id } = await openApproval();
    const page = await pageTokenOf(app, path);
    for (let i = 0; i < 2; i += 1) {
      expect((await post(app, path, { page, decision: 'approved' })).status).toBe(303);
    }
    expect(updates[0]).toMatchObject({
      run: 'run-1',
      request: { approval: id, round: 1, approver: BEN.email, decision: 'approved' },
    });
    expect(new Set(updates.map((update) => update.updateId)).size).toBe(1);
  });

  it('should not be taken from another site, without the page, or by GET', async () => {
    const { path } = await openApproval();
    const other = await openApproval();
    const elsewhere: Record<string, string>[] = [
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'none' },
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
    ];
    for (const headers of elsewhere) {
      const response = await app.request(path, {
        method: 'POST',
        body: new URLSearchParams({ page: '', decision: 'approved' }),
        headers,
      });
      expect(response.status, JSON.stringify(headers)).toBe(403);
    }
    expect((await post(app, path, { decision: 'approved' })).status).toBe(422);
    const foreign = await pageTokenOf(app, other.path);
    expect((await post(app, path, { page: foreign, decision: 'approved' })).status).toBe(422);
    expect((await app.request(`${path}?decision=approved&page=${foreign}`)).status).toBe(200);
    expect(
      (await app.request(path, { method: 'PUT', body: new URLSearchParams({ page: '', decision: 'approved' }) }))
        .status,
    ).toBe(404);
    expect(updates).toEqual([]);
  });

  it('should show the page once more when it was open too long, with the reason kept', async () => {
    const { path } = await openApproval();
    const page = await pageTokenOf(app, path);
    now = new Date(now.getTime() + PAGE_LIFETIME_MS + 1000);
    const response = await post(app, path, { page, decision: 'rejected', reason: 'typed <with> care' });
    expect(response.status).toBe(422);
    expect(await response.text()).toContain('>typed &lt;with&gt; care</textarea>');
    expect(updates).toEqual([]);
  });

  it('should refuse ten megabytes of comment', async () => {
    const { path } = await openApproval();
    const page = await pageTokenOf(app, path);
    const response = await post(app, path, { page, decision: 'rejected', reason: 'x'.repeat(10 * 1024 * 1024) });
    expect(response.status).toBe(413);
    const long = await post(app, path, { page, decision: 'rejected', reason: 'x'.repeat(2001) });
    expect(long.status).toBe(422);
    expect(updates).toEqual([]);
  });

  it('should decide nothing after the expiry, and say so', async () => {
    const { path } = await openApproval();
    const page = await pageTokenOf(app, path);
    now = new Date('2026-12-08T10:00:00Z');
    const response = await post(app, path, { page, decision: 'approved' });
    expect(await response.text()).toContain('The time to decide has passed');
    expect(updates).toEqual([]);
  });

  it('should tell what the run answers', async () => {
    const { path } = await openApproval();
    const refusal = ApplicationFailure.nonRetryable('no', 'approval.refused.requester');
    engine = () => Promise.reject(new WorkflowUpdateFailedError('refused', refusal));
    const refused = await decide(app, path, 'approved');
    expect(refused.status).toBe(409);
    expect(await refused.text()).toContain('someone else must decide');
    engine = () => Promise.reject(new WorkflowNotFoundError('gone', 'run-1', undefined));
    expect((await decide(app, path, 'approved')).status).toBe(409);
    engine = () => Promise.reject(new Error('connection lost'));
    const unsure = await decide(app, path, 'approved');
    expect(unsure.status).toBe(503);
    expect(await unsure.text()).toContain('see whether it was recorded');
  });

  it('should slow down whoever hammers', async () => {
    const { path } = await openApproval();
    const statuses = [];
    for (let i = 0; i < 25; i += 1) statuses.push((await post(app, path, { decision: 'approved' })).status);
    expect(statuses.filter((status) => status === 429).length).toBe(5);
  });
});

describe('files', () => {
  it('should come only under a link, and as a download unless an image', async () => {
    const bytes = new TextEncoder().encode('<svg onload="alert(1)"/>');
    const svg = await store.artefacts.put({ name: 'żółć.svg', mediaType: 'image/svg+xml', bytes });
    const { path } = await openApproval({ file: svg, pages: [svg] });
    const file = await app.request(`${path}/file`);
    expect(file.status).toBe(200);
    expect(file.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''%C5%BC%C3%B3%C5%82%C4%87.svg");
    expect(file.headers.get('content-type')).toBe('application/octet-stream');
    expect(file.headers.get('content-security-policy')).toContain('sandbox');
    expect((await app.request(`${path}/pages/2`)).status).toBe(404);
    expect((await app.request(`/a/${svg.id}/file`)).status).toBe(404);
    now = new Date('2026-12-09T10:00:00Z');
    expect((await app.request(`${path}/file`)).status, 'after the expiry').toBe(404);
  });
});
