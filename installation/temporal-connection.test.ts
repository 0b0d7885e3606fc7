import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isUnguarded, temporalFromEnvironment } from './temporal-connection.ts';

it('should be loopback where nothing is said', () => {
  const connection = temporalFromEnvironment({});
  expect(connection).toMatchObject({ address: '127.0.0.1:7233', namespace: 'default' });
  expect([connection.tls, connection.apiKey]).toEqual([undefined, undefined]);
  expect(isUnguarded(connection)).toBe(false);
});

it('should show a certificate of its own, and know that of the server', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'zaplecze-tls-'));
  const [ca, crt, key] = await Promise.all(
    ['ca', 'crt', 'key'].map(async (name) => {
      await writeFile(join(folder, name), name);
      return join(folder, name);
    }),
  );
  const connection = temporalFromEnvironment({
    TEMPORAL_ADDRESS: 'temporal.example:7233',
    TEMPORAL_NAMESPACE: 'zaplecze',
    TEMPORAL_TLS_CLIENT_CERT_PATH: crt,
    TEMPORAL_TLS_CLIENT_KEY_PATH: key,
    TEMPORAL_TLS_SERVER_CA_CERT_PATH: ca,
    TEMPORAL_TLS_SERVER_NAME: 'temporal.internal',
  });
  const tls = connection.tls as {
    serverNameOverride: string;
    serverRootCACertificate: Uint8Array;
    clientCertPair: { crt: Uint8Array; key: Uint8Array };
  };
  expect(connection).toMatchObject({ address: 'temporal.example:7233', namespace: 'zaplecze' });
  expect(tls.serverNameOverride).toBe('temporal.internal');
  expect(
    [tls.serverRootCACertificate, tls.clientCertPair.crt, tls.clientCertPair.key].map((bytes) =>
      Buffer.from(bytes).toString(),
    ),
  ).toEqual(['ca', 'crt', 'key']);
  expect(isUnguarded(connection)).toBe(false);
});

it('should speak TLS with an API key', () => {
  const connection = temporalFromEnvironment({ TEMPORAL_ADDRESS: 'cloud.example:7233', TEMPORAL_API_KEY: 'k' });
  expect(connection).toMatchObject({ apiKey: 'k', tls: true });
});

it.each([
  ['a certificate without its key', { TEMPORAL_TLS_CLIENT_CERT_DATA: 'x' }],
  ['a file that is not there', { TEMPORAL_TLS_SERVER_CA_CERT_PATH: '/nowhere/ca.pem' }],
])('should refuse %s', (_, environment) => {
  expect(() => temporalFromEnvironment(environment)).toThrow(/TEMPORAL_… describe no connection/);
});

it('should know a connection that others can read', () => {
  expect(isUnguarded(temporalFromEnvironment({ TEMPORAL_ADDRESS: 'temporal:7233' }))).toBe(true);
});
