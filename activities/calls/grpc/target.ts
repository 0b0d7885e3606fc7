import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import type { ClientOptions } from '@grpc/grpc-js';
import { applicationException } from '../../../core/model/problem.ts';
import { classify } from '../../../core/model/classify-error.ts';
import type { Egress } from '../egress.ts';

type Target = { target: string; options: ClientOptions };

/**
 * What a channel is opened to: addresses as `egress` looks them up, since the channel would look by itself; certificate
 * and authority are those of the name. Of a host in both families IPv4 alone, as a target has one. Throws a problem of
 * type `authorization` or, where the name cannot be looked up, `communication`.
 */
export async function targetOf(host: string, port: number, egress: Egress): Promise<Target> {
  const authority = `${host}:${port}`;
  if (isIP(host.replace(/^\[|\]$/g, ''))) return { target: authority, options: {} };
  const found = await lookUp(host, port, egress);
  const ofIpv4 = found.filter(({ family }) => family === 4);
  const target =
    ofIpv4.length > 0
      ? `ipv4:${ofIpv4.map(({ address }) => `${address}:${port}`).join(',')}`
      : `ipv6:${found.map(({ address }) => `[${address}]:${port}`).join(',')}`;
  return { target, options: { 'grpc.ssl_target_name_override': host, 'grpc.default_authority': authority } };
}

function lookUp(host: string, port: number, { lookup }: Egress): Promise<LookupAddress[]> {
  return new Promise((resolve, reject) => {
    lookup(port)(host, { all: true }, (error, found) => {
      if (error) return reject('problem' in error ? error : unknownHost(host, error));
      resolve(typeof found === 'string' ? [] : found);
    });
  });
}

function unknownHost(host: string, error: Error) {
  const { problem, retryable } = classify(error);
  return applicationException('communication', `${host}: ${problem.detail}`, { retryable, cause: error });
}
