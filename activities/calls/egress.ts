import { lookup as systemLookup } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import type { LookupAddress, LookupAllOptions } from 'node:dns';
import { applicationException } from '../../core/model/problem.ts';

/**
 * The operator's word on where calls may go (settings `calls.hosts`), asked twice: of an address as it is written, and
 * of what its name stands for at the moment of the connection. A name that is looked up to be judged, and once more to
 * be connected to, may have moved between the two (DNS rebinding).
 */
export type Egress = {
  /**
   * Judges an address as it is written. Every address passes here before anything is sent to it: those of definitions,
   * and those of redirections. Throws a problem of type `authorization`.
   */
  admit: (url: URL) => void;
  /** Looks up the name that a connection is being made to, and gives only addresses that calls may go to. */
  lookup: LookupFunction;
};

type Lookup = (host: string, options: LookupAllOptions) => Promise<LookupAddress[]>;

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
 * for every port. Without one, any host. A link-local address is reached only where the list names the address itself,
 * not a name that stands for it.
 */
export function createEgress(hosts: readonly string[] | undefined, lookup: Lookup = systemLookup): Egress {
  const named = new Set(hosts?.map((pattern) => partsOf(pattern).host));
  const isOpen = (host: string): boolean => named.has(host) || !isLinkLocal(host);
  return {
    admit(url) {
      if (hosts && !hosts.some((pattern) => allows(pattern, url))) {
        throw refuse(`calls to ${url.host} are not allowed here. To fix: the operator adds it to calls.hosts`);
      }
      if (!isOpen(url.hostname)) throw refuse(`${url.host} is a link-local address, ${NOT_THERE}`);
    },
    lookup(host, options, answer) {
      lookup(host, { ...options, all: true }).then(
        (found) => {
          const open = found.filter(({ address, family }) => isOpen(family === 6 ? `[${address}]` : address));
          const [first] = open;
          if (!first) answer(refuse(`${host} stands for a link-local address, ${NOT_THERE}`), '');
          else if (options.all) answer(null, open);
          else answer(null, first.address, first.family);
        },
        // A name that cannot be looked up is told by the connection itself, in its own words.
        (error: NodeJS.ErrnoException) => answer(error, ''),
      );
    },
  };
}

const NOT_THERE = 'where calls do not go unless calls.hosts names the address itself';

/** Whether gRPC goes there without TLS: to this machine, and to the hosts of `calls.plaintext`. */
export function isPlaintext(url: URL, patterns: readonly string[]): boolean {
  return LOOPBACK.has(url.hostname) || patterns.some((pattern) => allows(pattern, url));
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether a pattern allows an address. */
function allows(pattern: string, url: URL): boolean {
  const { host, port } = partsOf(pattern);
  if (port !== undefined && port !== (url.port || DEFAULT_PORTS[url.protocol])) return false;
  return host.startsWith('*.') ? url.hostname.endsWith(host.slice(1)) : url.hostname === host;
}

function partsOf(pattern: string): { host: string; port: string | undefined } {
  const [, host = '', port] = /^(.*?)(?::(\d+))?$/.exec(pattern.toLowerCase()) ?? [];
  return { host, port };
}

const DEFAULT_PORTS: Record<string, string> = { 'http:': '80', 'ws:': '80', 'https:': '443', 'wss:': '443' };

/** True for an address, as URLs write it, that is link-local; false for a name. */
function isLinkLocal(host: string): boolean {
  const address = host.replace(/^\[|\]$/g, '');
  const family = isIP(address);
  return family !== 0 && linkLocal.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

function refuse(detail: string) {
  return applicationException('authorization', detail);
}
