import { createHash, generateKeyPairSync, verify } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createMailer } from './mailer.ts';

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

let server: SMTPServer;
let port: number;
const received: string[] = [];
beforeAll(async () => {
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        received.push(Buffer.concat(chunks).toString());
        done();
      });
    },
  });
  port = await new Promise<number>((ready) => {
    const listening = server.listen(0, '127.0.0.1', () => ready((listening.address() as AddressInfo).port));
  });
});
afterAll(() => new Promise<void>((done) => server.close(() => done())));

it('should sign a mail so that its receiver can verify headers and body (RFC 6376)', async () => {
  const mailer = createMailer({
    host: '127.0.0.1',
    port,
    tls: 'none',
    trustAnyCertificate: false,
    from: 'Zaplecze <bot@huta.example>',
    dkim: { domain: 'huta.example', selector: 'z2026', key },
  });
  await mailer.send({
    messageId: '<1@huta.example>',
    to: ['b@c.example'],
    subject: 'Do akceptacji: Żelazo',
    text: 'Zażółć\n\n',
    language: 'pl',
  });
  const raw = received[0] ?? '';
  const tags = signatureOf(raw);
  expect(tags).toMatchObject({ a: 'rsa-sha256', c: 'relaxed/relaxed', d: 'huta.example', s: 'z2026' });
  for (const header of ['from', 'to', 'subject', 'date', 'message-id'])
    expect(tags['h']?.toLowerCase().split(':')).toContain(header);
  expect(bodyHash(raw)).toBe(tags['bh']);
  expect(holds(raw, tags)).toBe(true);
  expect(holds(raw.replace(/^Subject: .*$/m, 'Subject: Do zaplaty'), tags), 'another subject').toBe(false);
});

type Tags = Record<string, string>;

function split(raw: string): { headers: string[]; body: string } {
  const at = raw.indexOf('\r\n\r\n');
  return { headers: raw.slice(0, at).split(/\r\n(?![ \t])/), body: raw.slice(at + 4) };
}

function signatureOf(raw: string): Tags {
  const header = split(raw).headers.find((line) => /^dkim-signature:/i.test(line)) ?? '';
  const value = header.slice(header.indexOf(':') + 1).replace(/\s+/g, '');
  return Object.fromEntries(
    value.split(';').map((tag) => [tag.slice(0, tag.indexOf('=')), tag.slice(tag.indexOf('=') + 1)]),
  );
}

/** RFC 6376, section 3.4.4. */
function bodyHash(raw: string): string {
  const lines = split(raw)
    .body.split('\r\n')
    .map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''));
  const body = `${lines.join('\r\n').replace(/(\r\n)+$/, '')}\r\n`;
  return createHash('sha256').update(body).digest('base64');
}

/** RFC 6376, sections 3.4.2 and 3.7. */
function holds(raw: string, tags: Tags): boolean {
  const { headers } = split(raw);
  const relaxed = (line: string): string => {
    const at = line.indexOf(':');
    return `${line.slice(0, at).trim().toLowerCase()}:${line
      .slice(at + 1)
      .replace(/\r\n/g, '')
      .replace(/[ \t]+/g, ' ')
      .trim()}`;
  };
  const named = (name: string): string | undefined =>
    headers.findLast((line) => line.toLowerCase().startsWith(`${name}:`));
  const signed = (tags['h'] ?? '')
    .toLowerCase()
    .split(':')
    .map(named)
    .filter((line) => line !== undefined)
    .map(relaxed);
  const own = relaxed(named('dkim-signature') ?? '').replace(/([;\s]b=)[^;]*/, '$1');
  const data = Buffer.from([...signed, own].join('\r\n'));
  return verify('sha256', data, keys.publicKey, Buffer.from(tags['b'] ?? '', 'base64'));
}
