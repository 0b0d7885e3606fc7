import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { HookSettings } from '../../core/settings/hooks.ts';
import { verify } from './verify.ts';

const NOW = new Date('2026-11-03T10:00:00Z');
const SECONDS = String(NOW.getTime() / 1000);
const BODY = '{"order":"Z/7","net":"1200.50"}';

type Sign = { algorithm?: string; encoding?: 'hex' | 'base64'; key?: string | Buffer };
const sign = (text: string, { algorithm = 'sha256', encoding = 'hex', key = 'secret' }: Sign = {}): string =>
  createHmac(algorithm, key).update(text).digest(encoding);

/** Checks a request by settings; the secret is "secret". */
function check(settings: object, headers: Record<string, string>, body: string | Uint8Array = BODY, secret = 'secret') {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return () => verify(HookSettings.parse(settings), secret, { headers: new Headers(headers), body: bytes }, NOW);
}

const github = { hmac: { secret: 's', header: 'X-Hub-Signature-256', prefix: 'sha256=' } };
const slack = {
  hmac: {
    secret: 's',
    header: 'X-Slack-Signature',
    prefix: 'v0=',
    signs: 'v0:{timestamp}:{body}',
    timestamp: { header: 'X-Slack-Request-Timestamp' },
  },
};
const payments = {
  hmac: {
    secret: 's',
    header: 'Payment-Signature',
    prefix: 'v1=',
    signs: '{timestamp}.{body}',
    timestamp: { header: 'Payment-Signature', prefix: 't=' },
  },
};
const standard = {
  id: { header: 'webhook-id' },
  hmac: {
    secret: 's',
    secretEncoding: 'base64',
    header: 'webhook-signature',
    prefix: 'v1,',
    encoding: 'base64',
    signs: '{id}.{timestamp}.{body}',
    timestamp: { header: 'webhook-timestamp' },
  },
};
const bare = (more: object = {}) => ({ hmac: { secret: 's', header: 'X-Signature', ...more } });

describe('requests that are accepted', () => {
  const key = Buffer.from('0123456789abcdef').toString('base64');
  const byKey = sign(`msg_1.${SECONDS}.${BODY}`, { encoding: 'base64', key: Buffer.from(key, 'base64') });
  const message = { 'webhook-id': 'msg_1', 'webhook-timestamp': SECONDS };
  it.each<[string, object, Record<string, string>, string?, string?]>([
    ['hex with a prefix', github, { 'X-Hub-Signature-256': `sha256=${sign(BODY)}` }],
    ['hex in capitals', bare(), { 'X-Signature': sign(BODY).toUpperCase() }],
    ['base64', bare({ encoding: 'base64' }), { 'X-Signature': sign(BODY, { encoding: 'base64' }) }],
    ['sha512', bare({ algorithm: 'sha512' }), { 'X-Signature': sign(BODY, { algorithm: 'sha512' }) }],
    ['sha1', bare({ algorithm: 'sha1' }), { 'X-Signature': sign(BODY, { algorithm: 'sha1' }) }],
    ['an empty body', bare(), { 'X-Signature': sign('') }, ''],
    ['a body in another language', bare(), { 'X-Signature': sign('{"a":"zażółć"}') }, '{"a":"zażółć"}'],
    [
      'a time in a header of its own',
      slack,
      { 'X-Slack-Signature': `v0=${sign(`v0:${SECONDS}:${BODY}`)}`, 'X-Slack-Request-Timestamp': SECONDS },
    ],
    ['a time beside the signature', payments, { 'Payment-Signature': `t=${SECONDS},v1=${sign(`${SECONDS}.${BODY}`)}` }],
    [
      'the second of two signatures, while a secret is changed',
      payments,
      { 'Payment-Signature': `t=${SECONDS},v1=${sign('other')},v1=${sign(`${SECONDS}.${BODY}`)}` },
    ],
    ['Standard Webhooks', standard, { ...message, 'webhook-signature': `v1,AAAA v1,${byKey}` }, BODY, `whsec_${key}`],
    ['a token', { token: { secret: 's', header: 'X-Token' } }, { 'X-Token': 'secret' }],
    ['a bearer token', { token: { secret: 's', prefix: 'Bearer ' } }, { authorization: 'Bearer secret' }],
  ])('%s', (_, settings, headers, body, secret) => {
    expect(check(settings, headers, body, secret)).not.toThrow();
  });
});

describe('requests that are refused', () => {
  const ago = (seconds: number) => String(Number(SECONDS) - seconds);
  const slackAt = (time: string) => ({
    'X-Slack-Signature': `v0=${sign(`v0:${time}:${BODY}`)}`,
    'X-Slack-Request-Timestamp': time,
  });
  it.each<[string, object, Record<string, string>, string, (string | Uint8Array)?]>([
    ['no signature', github, {}, 'the header x-hub-signature-256 is missing'],
    ['another secret', github, { 'X-Hub-Signature-256': `sha256=${sign(BODY, { key: 'x' })}` }, 'is wrong'],
    ['another body', github, { 'X-Hub-Signature-256': `sha256=${sign(`${BODY} `)}` }, 'is wrong'],
    ['one byte changed', bare(), { 'X-Signature': sign(BODY) }, 'is wrong', BODY.replace('7', '8')],
    ['no prefix', github, { 'X-Hub-Signature-256': sign(BODY) }, 'has no signature after "sha256="'],
    ['another prefix', github, { 'X-Hub-Signature-256': `sha1=${sign(BODY)}` }, 'has no signature'],
    ['another algorithm', bare(), { 'X-Signature': sign(BODY, { algorithm: 'sha512' }) }, 'is wrong'],
    ['base64 in place of hex', bare(), { 'X-Signature': sign(BODY, { encoding: 'base64' }) }, 'is wrong'],
    ['a part of the signature', bare(), { 'X-Signature': sign(BODY).slice(0, 32) }, 'is wrong'],
    ['something behind the signature', bare(), { 'X-Signature': `${sign(BODY)}zz` }, 'is wrong'],
    ['an empty signature', bare(), { 'X-Signature': '' }, 'has no signature'],
    ['an old request sent again', slack, slackAt(ago(301)), 'signed 301 s away from now; 300 s are allowed'],
    ['a request from the future', slack, slackAt(ago(-3600)), 'signed 3600 s away'],
    [
      'a fresh time on an old signature',
      slack,
      { ...slackAt(ago(3600)), 'X-Slack-Request-Timestamp': SECONDS },
      'is wrong',
    ],
    ['a time that is none', slack, slackAt('now'), 'has no time in seconds'],
    ['a token that begins like ours', { token: { secret: 's', header: 'X-T' } }, { 'X-T': 'secre' }, 'is wrong'],
    [
      'a token without its prefix',
      { token: { secret: 's', prefix: 'Bearer ' } },
      { authorization: 'secret' },
      'is wrong',
    ],
    ['the bytes of another encoding', bare(), { 'X-Signature': sign('ż') }, 'is wrong', Uint8Array.of(0xbf)],
  ])('%s', (_, settings, headers, why, body) => {
    expect(check(settings, headers, body)).toThrow(why);
  });
});

it('should refuse settings by which anybody could start runs', () => {
  expect(HookSettings.safeParse({}).error?.issues[0]?.message).toContain('give either hmac or token');
  expect(HookSettings.safeParse({ ...standard, id: undefined }).success).toBe(false);
});
