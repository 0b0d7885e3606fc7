import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { MAX_NESTED_MAILS, MAX_PARTS } from './limits.ts';
import { parseMail } from './parse-mail.ts';
import { Unacceptable } from './unacceptable.ts';

const ARRIVED = new Date('2026-11-24T08:00:00Z');
const parse = (raw: string) => parseMail(Buffer.from(raw.replace(/\n/g, '\r\n')), 'invoices', ARRIVED);
const HEAD =
  'From: =?utf-8?Q?=C5=81=C4=85ka?= <biuro@laka.example>\nTo: a@b.example, c@d.example\nSubject: =?utf-8?Q?Faktura_=C5=BC?=\n';
const PDF = Buffer.from('%PDF-1.7\n').toString('base64');

/** A multipart mail of the given parts, each with its headers. */
const multipart = (parts: string[], head = HEAD, kind = 'mixed') =>
  `${head}MIME-Version: 1.0\nContent-Type: multipart/${kind}; boundary=B\n\n${parts.map((part) => `--B\n${part}\n`).join('')}--B--\n`;
const file = (name: string, body = PDF, type = 'application/pdf') =>
  `Content-Type: ${type}\nContent-Disposition: attachment; ${name}\nContent-Transfer-Encoding: base64\n\n${body}`;
const reason = async (raw: string) => {
  const error: unknown = await parse(raw).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof Unacceptable ? error.code : error;
};

describe('headers', () => {
  it('should be decoded, and absent ones replaced in a stable way', async () => {
    const mail = await parse(`${HEAD}\nDzien dobry\n`);
    expect(mail).toMatchObject({
      mailbox: 'invoices',
      from: { name: 'Łąka', email: 'biuro@laka.example' },
      to: ['a@b.example', 'c@d.example'],
      subject: 'Faktura ż',
      date: ARRIVED.toISOString(),
      text: 'Dzien dobry',
      automatic: false,
      references: [],
    });
    expect(mail.messageId).toMatch(/^<[0-9a-f]{64}@no-message-id\.invalid>$/);
    expect((await parse(`${HEAD}\nDzien dobry\n`)).messageId).toBe(mail.messageId);
  });

  it('should keep the thread and the date stated', async () => {
    const head = `${HEAD}Message-ID: <3@x>\nIn-Reply-To: <2@x>\nReferences: <1@x>\n <2@x>\nDate: Mon, 23 Nov 2026 10:00:00 +0100\n`;
    expect(await parse(`${head}\nx`)).toMatchObject({
      messageId: '<3@x>',
      inReplyTo: '<2@x>',
      references: ['<1@x>', '<2@x>'],
      date: '2026-11-23T09:00:00.000Z',
    });
  });

  it.each([
    ['Auto-Submitted: auto-generated', true],
    ['Auto-Submitted: no', false],
    ['Return-Path: <>', true],
    ['Return-Path: <biuro@laka.example>', false],
    ['Precedence: bulk', true],
    ['List-Id: <news.laka.example>', true],
    ['X-Auto-Response-Suppress: All', true],
    ['Content-Type: multipart/report; boundary=B', true],
  ])('should know by "%s" whether a machine wrote it: %s', async (header, automatic) => {
    expect((await parse(`${HEAD}${header}\n\nx\n`)).automatic).toBe(automatic);
  });
});

describe('files', () => {
  it('should have clean, decoded and different names, and types by content', async () => {
    const xml = Buffer.from('<?xml version="1.0"?><Faktura/>').toString('base64');
    const exe = Buffer.from('MZ\u0090\u0000\u0003').toString('base64');
    const mail = await parse(
      multipart([
        file("filename*=UTF-8''..%2F..%2Fetc%2Ffaktura%20%C5%BC.pdf"),
        file('filename="=?utf-8?Q?faktura_=C5=BC.pdf?="'),
        file('filename="C:\\\\temp\\\\fv.xml"', xml, 'application/octet-stream'),
        file('filename="invoice.pdf"', exe),
        file('filename=""'),
      ]),
    );
    expect(mail.attachments.map(({ name, mediaType }) => [name, mediaType])).toEqual([
      ['faktura ż.pdf', 'application/pdf'],
      ['faktura ż (2).pdf', 'application/pdf'],
      ['fv.xml', 'application/xml'],
      ['invoice.pdf', expect.not.stringContaining('pdf')],
      ['attachment-5.pdf', 'application/pdf'],
    ]);
  });

  it('should leave out wrappings and signatures, and say so', async () => {
    const tnef = file('filename="winmail.dat"', 'eJ8+Ig==', 'application/ms-tnef');
    const mail = await parse(multipart([tnef, file('filename="smime.p7s"', 'AAAA', 'application/pkcs7-signature')]));
    expect(mail.attachments).toEqual([]);
    expect(mail.skipped).toEqual([expect.stringContaining('TNEF'), 'smime.p7s: a signature']);
  });

  it('should keep an embedded picture that may be a paper, and no logo', async () => {
    const picture = async (width: number, height: number) =>
      (
        await sharp({ create: { width, height, channels: 3, background: 'white' } })
          .png()
          .toBuffer()
      ).toString('base64');
    const inline = (name: string, body: string) =>
      `Content-Type: image/png\nContent-Disposition: inline; filename=${name}\nContent-ID: <${name}>\nContent-Transfer-Encoding: base64\n\n${body}`;
    const parts = [inline('logo.png', await picture(200, 60)), inline('photo.png', await picture(900, 1200))];
    const mail = await parse(
      multipart(['Content-Type: text/html\n\n<img src="cid:logo.png">', ...parts], HEAD, 'related'),
    );
    expect(mail.attachments.map((kept) => kept.name)).toEqual(['photo.png']);
    expect(mail.skipped).toEqual([expect.stringContaining('logo.png')]);
  });

  it('should come out of nested mails, to a bounded depth', async () => {
    const wrapped = (depth: number): string => {
      let mail = multipart([file('filename="deep.pdf"')]);
      for (let n = 1; n <= depth; n += 1) {
        mail = `${HEAD}MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=N${n}\n\n--N${n}\nContent-Type: message/rfc822\n\n${mail}\n--N${n}--\n`;
      }
      return mail;
    };
    expect((await parse(wrapped(MAX_NESTED_MAILS))).attachments.map((kept) => kept.name)).toEqual(['deep.pdf']);
    expect(await reason(wrapped(MAX_NESTED_MAILS + 1))).toBe('nested-too-deep');
  });
});

describe('what cannot be taken', () => {
  it('should be refused with a reason', async () => {
    expect(await reason('Subject: x\n\nx')).toBe('no-sender');
    expect(await reason(multipart(Array.from({ length: MAX_PARTS + 1 }, () => 'Content-Type: text/plain\n\nx')))).toBe(
      'unreadable',
    );
    expect(await reason(`X: ${'x'.repeat(300_000)}\n${HEAD}\nx`)).toBe('unreadable');
  });
});
