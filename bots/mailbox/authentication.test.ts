import { expect, it } from 'vitest';
import { parseMail } from './parse-mail.ts';

const OURS = 'mx.firma.example';

/** What is known of the sender of a mail with these headers above its own. */
async function senderOf(headers: string[], from = 'Anna <anna@huta.example>') {
  const raw = [...headers, `From: ${from}`, 'Message-ID: <1@huta.example>', '', 'Tak'].join('\r\n');
  const mail = await parseMail(Buffer.from(raw), 'invoices', new Date(0), OURS);
  return mail.authentication;
}
const results = (text: string, server = OURS) => `Authentication-Results: ${server}; ${text}`;

it.each([
  ['DMARC', 'dmarc=pass (p=reject) header.from=huta.example', true],
  ['DKIM of the same domain', 'dkim=pass header.d=huta.example header.s=k', true],
  ['DKIM of a domain above', 'dkim=pass\r\n header.d=mail.huta.example', true],
  ['DKIM of somebody else', 'dkim=pass header.d=evil.example', false],
  ['DKIM of a whole country', 'dkim=pass header.d=example', false],
  ['SPF of the same domain', 'spf=pass smtp.mailfrom=bounce@huta.example', true],
  ['SPF of somebody else', 'spf=pass smtp.mailfrom=evil.example', false],
  ['a failed policy', 'dkim=pass header.d=huta.example; dmarc=fail header.from=huta.example', false],
  ['a comment that looks like a result', 'dkim=none (dkim=pass header.d=huta.example; dmarc=pass)', false],
  ['nothing', 'none', false],
])('should take the sender by %s', async (_, text, aligned) => {
  expect(await senderOf([results(text)])).toMatchObject({ aligned });
});

it('should believe the receiving server alone, and what it wrote on top', async () => {
  const forged = results('dmarc=pass header.from=huta.example');
  expect(await senderOf([results('dmarc=pass header.from=huta.example', 'mx.evil.example')])).toBeUndefined();
  expect(await senderOf([results('dmarc=fail header.from=huta.example'), forged])).toMatchObject({ aligned: false });
  expect(await senderOf([])).toBeUndefined();
});

it('should not choose among several senders', async () => {
  const both = 'anna@huta.example, evil@evil.example';
  expect(await senderOf([results('dkim=pass header.d=evil.example')], both)).toBeUndefined();
});
