import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { callbackify } from 'node:util';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';

/** As much as a large scan, encoded; real servers stop near it. */
const MAX_MAIL_BYTES = 50 * 1024 * 1024;

export type Inbound = {
  /** The mailbox that takes mail for an address, or undefined when nobody does. */
  mailboxFor: (address: string) => { deliver(raw: Buffer): void } | undefined;
};

/** Takes mail by SMTP on loopback, without login or encryption, and delivers it before it says so. */
export async function startSmtp(port: number, inbound: Inbound): Promise<{ port: number; close(): Promise<void> }> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: MAX_MAIL_BYTES,
    logger: false,
    onRcptTo: ({ address }, _session, callback) =>
      callback(inbound.mailboxFor(address) ? null : reply(550, `No mailbox ${address} here`)),
    onData: callbackify((stream: SMTPServerDataStream, session: SMTPServerSession) =>
      receive(stream, session, inbound),
    ),
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  // After the start, errors are those of single connections: the client's affair.
  server.on('error', () => undefined);
  const bound = (server.server.address() as AddressInfo).port;
  return { port: bound, close: () => new Promise((resolve) => server.close(resolve)) };
}

async function receive(
  stream: SMTPServerDataStream,
  { envelope }: SMTPServerSession,
  inbound: Inbound,
): Promise<string> {
  const raw = await collect(stream);
  if (stream.sizeExceeded) throw reply(552, 'The mail is too large');
  const from = envelope.mailFrom ? envelope.mailFrom.address : '';
  const boxes = new Set(envelope.rcptTo.flatMap(({ address }) => inbound.mailboxFor(address) ?? []));
  for (const box of boxes) box.deliver(withTrace(raw, from));
  return 'Delivered';
}

function reply(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

async function collect(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** What the last server adds: who gave it the mail, and when (RFC 5321 section 4.4). */
function withTrace(raw: Buffer, from: string): Buffer {
  const date = new Date().toUTCString().replace('GMT', '+0000');
  return Buffer.concat([Buffer.from(`Return-Path: <${from}>\r\nReceived: by localhost with ESMTP; ${date}\r\n`), raw]);
}
