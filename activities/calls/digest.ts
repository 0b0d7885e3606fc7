import { createHash, randomBytes } from 'node:crypto';
import { applicationException } from '../../core/model/problem.ts';
import type { HttpRequest } from './request.ts';

/** Algorithms of RFC 7616 by their names; without one MD5 is meant (RFC 2617). */
const ALGORITHMS: Record<string, string> = { MD5: 'md5', 'SHA-256': 'sha256', 'SHA-512-256': 'sha512-256' };

/** Value of the Authorization header that answers a Digest challenge (RFC 7616, 3.4), with qop `auth`. */
export function answerChallenge(
  challenge: string,
  { method, url }: Pick<HttpRequest, 'method' | 'url'>,
  { username, password }: { username: string; password: string },
  cnonce = randomBytes(16).toString('hex'),
): string {
  const { realm = '', nonce, qop, opaque, algorithm = 'MD5' } = parametersOf(challenge);
  const session = algorithm.toUpperCase().endsWith('-SESS');
  const hashName = ALGORITHMS[algorithm.toUpperCase().replace(/-SESS$/, '')];
  if (!challenge.toLowerCase().startsWith('digest') || nonce === undefined || !hashName) {
    throw applicationException('authentication', `${url.origin} does not offer digest authentication`);
  }
  const hash = (text: string): string => createHash(hashName).update(text).digest('hex');
  const uri = url.pathname + url.search;
  const count = '00000001';
  const secret = hash(`${username}:${realm}:${password}`);
  const first = session ? hash(`${secret}:${nonce}:${cnonce}`) : secret;
  const second = hash(`${method}:${uri}`);
  const response = qop
    ? hash([first, nonce, count, cnonce, 'auth', second].join(':'))
    : hash([first, nonce, second].join(':'));
  const fields = [
    `username="${username}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}"`,
    `algorithm=${algorithm}`,
    ...(qop ? [`qop=auth, nc=${count}, cnonce="${cnonce}"`] : []),
    ...(opaque ? [`opaque="${opaque}"`] : []),
  ];
  return `Digest ${fields.join(', ')}`;
}

function parametersOf(challenge: string): Partial<Record<string, string>> {
  const pairs = challenge.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g);
  return Object.fromEntries([...pairs].map(([, name = '', quoted, plain]) => [name.toLowerCase(), quoted ?? plain]));
}
