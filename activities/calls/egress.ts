import { lookup as systemLookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { applicationException } from '../../definitions/model/problem.ts';

/**
 * The operator's word on where calls may go (settings `calls.hosts`). Rejects with a problem of type `authorization`.
 * Every address passes here before anything is sent to it: those of definitions, and those of redirections.
 */
export type Egress = (url: URL) => Promise<void>;

type Lookup = (host: string) => Promise<readonly { address: string }[]>;

/**
 * Link-local addresses (RFC 3927, RFC 4291 2.5.6): where clouds hand out the credentials of the machine itself. No
 * automation has business there, but data that got into an address may lead there.
 */
const linkLocal = new BlockList();
linkLocal.addSubnet('169.254.0.0', 16, 'ipv4');
linkLocal.addSubnet('fe80::', 10, 'ipv6');
linkLocal.addAddress('fd00:ec2::254', 'ipv6');

/**
 * With a list, calls reach its hosts alone: `api.example.com`, `*.example.com` (any host below it), each with `:port` or
 * for every port. Without one, any host that is not link-local by its name or by what its name stands for.
 */
export function createEgress(
  hosts: readonly string[] | undefined,
  lookup: Lookup = (host) => systemLookup(host, { all: true }),
): Egress {
  return async (url) => {
    if (hosts) {
      if (!hosts.some((pattern) => allows(pattern, url))) {
        throw refuse(`calls to ${url.host} are not allowed here. Mend: the operator adds it to calls.hosts`);
      }
    } else if (await isLinkLocal(url, lookup)) {
      throw refuse(`${url.host} is a link-local address, where calls do not go unless calls.hosts names it`);
    }
  };
}

/** Whether gRPC goes there without TLS: to this machine, and to the hosts of `calls.plaintext`. */
export function isPlaintext(url: URL, patterns: readonly string[]): boolean {
  return LOOPBACK.has(url.hostname) || patterns.some((pattern) => allows(pattern, url));
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether a pattern allows an address. */
function allows(pattern: string, url: URL): boolean {
  const [, host = '', port] = /^(.*?)(?::(\d+))?$/.exec(pattern.toLowerCase()) ?? [];
  if (port !== undefined && port !== (url.port || DEFAULT_PORTS[url.protocol])) return false;
  return host.startsWith('*.') ? url.hostname.endsWith(host.slice(1)) : url.hostname === host;
}

const DEFAULT_PORTS: Record<string, string> = { 'http:': '80', 'ws:': '80', 'https:': '443', 'wss:': '443' };

async function isLinkLocal({ hostname }: URL, lookup: Lookup): Promise<boolean> {
  const host = hostname.replace(/^\[|\]$/g, '');
  // A name that cannot be looked up is told by the connection itself, in its own words.
  const addresses = isIP(host) ? [{ address: host }] : await lookup(host).catch(() => []);
  return addresses.some(({ address }) => linkLocal.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4'));
}

function refuse(detail: string) {
  return applicationException('authorization', detail);
}
