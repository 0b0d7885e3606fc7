import type { LookupAddress } from 'node:dns';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { errorName } from '../../../core/model/problem.ts';
import { callDeps, perform, problemIn } from '../../../tests/support/calls.ts';
import { selfSigned } from '../../../tests/support/certificate.ts';
import { createEgress } from '../egress.ts';
import { createCallActivities } from '../index.ts';

// Read as gRPC's library is loaded: a machine may give it authorities of its own, where Node's are meant here.
vi.hoisted(() => delete process.env['GRPC_DEFAULT_SSL_ROOTS_FILE_PATH']);

const HERE = '127.0.0.1';
const METADATA = '169.254.169.254';
const PROTO = `
  syntax = "proto3";
  package shop;
  message Order { string number = 1; }
  service Orders { rpc Echo (Order) returns (Order); }
`;

const server = new Server();
const known = getCACertificates('default');
let port = 0;
let reached: string[] = [];
let answers: string[] = [];
const lookup = (): Promise<LookupAddress[]> => {
  const [address = METADATA] = answers.length > 1 ? answers.splice(0, 1) : answers;
  return Promise.resolve([{ address, family: 4 }]);
};
const echo = (host: string): Promise<unknown> => {
  const egress = createEgress({ also: [`*.example:${port}`] }, lookup);
  const activities = createCallActivities(callDeps({ egress, file: () => Promise.resolve(PROTO) }));
  return perform(activities['call.grpc'], {
    proto: { endpoint: { uri: 'resources/shop.proto' } },
    service: { name: 'shop.Orders', host, port },
    method: 'Echo',
    arguments: { number: 'FV/1' },
  }).result;
};

beforeAll(async () => {
  const { key, certificate } = await selfSigned('orders.example');
  setDefaultCACertificates([...known, certificate]);
  const pair = { private_key: Buffer.from(key), cert_chain: Buffer.from(certificate) };
  const asIs = (bytes: Buffer): Buffer => bytes;
  const codec = {
    requestSerialize: asIs,
    requestDeserialize: asIs,
    responseSerialize: asIs,
    responseDeserialize: asIs,
  };
  server.addService(
    { Echo: { path: '/shop.Orders/Echo', requestStream: false, responseStream: false, ...codec } },
    {
      Echo: (call: { request: Buffer; getHost: () => string }, answer: (error: null, value: Buffer) => void) => {
        reached.push(call.getHost());
        answer(null, call.request);
      },
    },
  );
  port = await new Promise<number>((resolve, reject) =>
    server.bindAsync(`${HERE}:0`, ServerCredentials.createSsl(null, [pair]), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
});
afterAll(() => {
  server.forceShutdown();
  setDefaultCACertificates(known);
});
beforeEach(() => {
  reached = [];
  answers = [HERE];
});

describe('gRPC over TLS', () => {
  it('should reach the address that was looked up, by the name that the certificate has', async () => {
    answers = [HERE, METADATA];
    expect(await echo('orders.example')).toEqual({ number: 'FV/1' });
    expect(reached, 'asked under its name').toEqual([`orders.example:${port}`]);
  });

  it('should take no certificate of another name', async () => {
    expect(errorName((await problemIn(echo('invoices.example'))).type)).toBe('communication');
    expect(reached).toEqual([]);
  });

  it('should not speak in the clear where TLS is due', async () => {
    const problem = await problemIn(echo('plain.example'));
    expect(problem.detail).toContain('does it use TLS?');
  });

  it('should not follow a name to the machine’s own credentials', async () => {
    answers = [METADATA];
    const problem = await problemIn(echo('orders.example'));
    expect([errorName(problem.type), problem.retryable]).toEqual(['authorization', false]);
  });
});
