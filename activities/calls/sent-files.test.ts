import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { callDeps } from '../../tests/support/calls.ts';
import { createCallActivities } from './index.ts';

const BYTES = Uint8Array.from({ length: 256 }, (_, byte) => byte);
const file = { id: `sha256:${'a'.repeat(64)}`, name: 'umowa ż.pdf', mediaType: 'application/pdf', size: 256 };

type Sent = { type: string; body: Buffer };
let sent: Sent | undefined;
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    sent = { type: request.headers['content-type'] ?? '', body: Buffer.concat(chunks) };
    response.end();
  });
});
beforeAll(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)));
afterAll(() => void server.close());

async function post(body: unknown, headers: Record<string, string> = {}): Promise<Sent> {
  const artefact = () => Promise.resolve({ name: 'stored', mediaType: 'x', bytes: BYTES });
  const activity = createCallActivities(callDeps({ artefact }))['call.http'];
  const uri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const definition = { namespace: 'n', name: 'd', version: '1.0.0', hash: 'h' };
  const call = { run: 'r', definition, task: '/do/0', key: 'k' };
  const args = { method: 'post', endpoint: { uri }, headers, body };
  await new MockActivityEnvironment().run(activity as never, args as never, call as never);
  return sent ?? { type: '', body: Buffer.alloc(0) };
}

it('should send a stored file as the body, byte for byte, as what it is', async () => {
  const { type, body } = await post(file);
  expect(type).toBe('application/pdf');
  expect(new Uint8Array(body)).toEqual(BYTES);
  expect((await post(file, { 'content-type': 'application/octet-stream' })).type).toBe('application/octet-stream');
});

it('should send stored files as parts of a form, beside fields', async () => {
  const { type, body } = await post({ number: 'U/7', file: [file, file] }, { 'content-type': 'multipart/form-data' });
  const form = await new Response(Uint8Array.from(body), { headers: { 'content-type': type } }).formData();
  expect(form.get('number')).toBe('U/7');
  const parts = form.getAll('file') as File[];
  expect(parts.map(({ name, type: kind }) => [name, kind])).toEqual([
    ['umowa ż.pdf', 'application/pdf'],
    ['umowa ż.pdf', 'application/pdf'],
  ]);
  expect(new Uint8Array((await parts[0]?.arrayBuffer()) ?? new ArrayBuffer())).toEqual(BYTES);
});

it('should send the reference itself where JSON is meant', async () => {
  expect(JSON.parse(String((await post(file, { 'content-type': 'application/json' })).body))).toEqual(file);
  expect(JSON.parse(String((await post({ file })).body))).toEqual({ file });
  expect(JSON.parse(String((await post({ ...file, more: 1 })).body))).toEqual({ ...file, more: 1 });
});
