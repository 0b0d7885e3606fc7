import { expect, it } from 'vitest';
import { clientAddress } from './client-address.ts';

const PROXY = '10.0.0.1';
it.each<[string, string, string | undefined, string[], string]>([
  ['no proxy', '203.0.114.9', '1.2.3.4', [], '203.0.114.9'],
  ['a proxy that nobody trusts', PROXY, '1.2.3.4', ['10.0.0.2'], PROXY],
  ['a trusted proxy', PROXY, '1.2.3.4', [PROXY], '1.2.3.4'],
  ['a trusted network', PROXY, '1.2.3.4', ['10.0.0.0/8'], '1.2.3.4'],
  ['a chain of trusted proxies', PROXY, '1.2.3.4, 10.0.0.7', ['10.0.0.0/8'], '1.2.3.4'],
  ['what a client made up', PROXY, '9.9.9.9, 1.2.3.4', [PROXY], '1.2.3.4'],
  ['what is no address', PROXY, 'unknown', [PROXY], PROXY],
  ['nothing forwarded', PROXY, undefined, [PROXY], PROXY],
  ['IPv4 inside IPv6', '::ffff:10.0.0.1', '1.2.3.4', [PROXY], '1.2.3.4'],
  ['the network of an IPv6 client', '2a00:1:2:3:4:5:6:7', undefined, [], '2a00:1:2:3::'],
])('should know the client: %s', (_, socket, forwarded, trusted, client) => {
  expect(clientAddress(socket, forwarded, trusted)).toBe(client);
});
