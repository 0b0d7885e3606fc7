import { describe, expect, it } from 'vitest';
import { classifySendError } from './classify.ts';
import { htmlOfText } from './html.ts';
import { compose } from './mailer.ts';
import { messageIdFor } from './message-id.ts';
import { renderTemplate } from './render-template.ts';
import type { MailerSettings, OutgoingMail } from './types.ts';

const settings: MailerSettings = {
  host: 'h',
  port: 25,
  tls: 'none',
  trustAnyCertificate: false,
  from: 'bot@a.example',
};
const mail: OutgoingMail = { messageId: '<1@a.example>', to: ['b@c.example'], subject: 'x', text: 'y' };

describe('headers', () => {
  it('should have a stable Message-ID and one Re:', () => {
    expect(messageIdFor(Buffer.alloc(32, 'k'), 'a.example')).toBe(messageIdFor(Buffer.alloc(32, 'k'), 'a.example'));
    expect(messageIdFor(Buffer.alloc(32, 'l'), 'a.example')).not.toBe(messageIdFor(Buffer.alloc(32, 'k'), 'a.example'));
    const replyTo = { messageId: '<2@x>', subject: 'Re: AW: Odp: Faktura', references: ['<1@x>'] };
    expect(compose({ ...mail, subject: '', replyTo }, settings.from)).toMatchObject({
      subject: 'Re: Faktura',
      inReplyTo: '<2@x>',
      references: ['<1@x>', '<2@x>'],
      headers: { 'Auto-Submitted': 'auto-replied' },
    });
  });

  it('should not be open to injection', () => {
    expect(compose({ ...mail, subject: 'a\r\nBcc: evil@x' }, settings.from).subject).toBe('a Bcc: evil@x');
    for (const bad of [{ to: ['a@b\r\nRCPT TO:<x@y>'] }, { to: [] }, { messageId: '<a\r\nX: y@b>' }]) {
      expect(() => compose({ ...mail, ...bad }, settings.from)).toThrow('cannot send');
    }
  });
});

it.each([
  [{ code: 'EAUTH', permanent: true }, 'authentication', false],
  [{ code: 'EAUTH', permanent: false }, 'communication', true],
  [{ code: 'ETIMEDOUT' }, 'timeout', true],
  [{ code: 'ESOCKET' }, 'communication', true],
  [{ code: 'EENVELOPE', permanent: true }, 'mail-refused', false],
  [{ code: 'EENVELOPE', permanent: false }, 'communication', true],
])('should classify %j as %s', (extra, title, retryable) => {
  const problem = classifySendError(Object.assign(new Error('x'), extra), settings);
  expect([problem.problem.title, problem.retryable]).toEqual([title, retryable]);
});

describe('templates', () => {
  it('should write money and dates as the language does, and escape HTML', () => {
    const template = { subject: '{{ a.b }}', text: '{{ m | money c }} {{ d | date }}', html: '<b>{{ a.b }}</b>' };
    const values = { a: { b: '<x>' }, m: '12345678901234567.80', c: 'PLN', d: '2026-11-24' };
    const { text, html } = renderTemplate(template, values, { language: 'pl' });
    expect(text.replace(/\s/gu, ' ')).toBe('12 345 678 901 234 567,80 PLN 24 listopada 2026');
    expect(html).toBe('<b>&#60;x&#62;</b>');
  });

  it('should name every value that is missing', () => {
    const template = { subject: '{{ constructor }}', text: '{{ a.b }} {{ d | date }}' };
    expect(() => renderTemplate(template, { d: '2026-02-30' }, { language: 'en' })).toThrow(
      /"constructor" is missing; value "a\.b" is missing; .*cannot be shown as date/,
    );
  });
});

it('should make HTML of text without taking any of it as HTML', () => {
  const html = htmlOfText('<script>\n\nOK: https://a.example/?x="1', { title: 't', language: 'en' });
  expect(html).not.toContain('<script>');
  expect(html).toContain('href="https://a.example/?x=&#34;1"');
});
