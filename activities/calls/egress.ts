import { lookup as systemLookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import type { LookupAddress, LookupOptions } from 'node:dns';
import { applicationException } from '../../core/model/problem.ts';
import { isMetadataName, kindOfAddress } from './address-kind.ts';
import { createOwnServices, type OwnService } from './own-services.ts';

/**
 * The operator's word on where calls may go (settings `calls.hosts`, `departments`), asked twice: of an address as it is
 * written, and of what its name stands for at the moment of the connection. A name that is looked up to be judged, and
 * once more to be connected to, may have moved between the two (DNS rebinding).
 */
export type Egress = {
  /**
   * Judges an address as it is written. Every address passes here before anything is sent to it: those of definitions,
   * and those of redirections. Throws a problem of type `authorization`.
   */
  admit: (url: URL) => Promise<void>;
  /** Judges an address and what its name stands for now, for clients that look up by themselves. Throws as `admit` does. */
  judge: (url: URL) => Promise<void>;
  /** Looks up the name that a connection to that port is being made to, and gives only addresses that calls may go to. */
  lookup: (port: number) => LookupFunction;
};

export type EgressRules = {
  /** With a list, calls reach its hosts alone; without one, any host of the internet. */
  hosts?: readonly string[] | undefined;
  /** Hosts reached besides: those of the department that calls. */
  also?: readonly string[] | undefined;
  /** Services of the installation itself. */
  own?: readonly OwnService[];
};

type Lookup = (host: string, options: LookupOptions & { all: true }) => Promise<LookupAddress[]>;

/**
 * Patterns are `api.example.com`, `*.example.com` (any host below it), each with `:port` or for every port. What is
 * reached without being named is the internet alone. Addresses of private networks need a pattern that fits the name or
 * address as it is written; those of this machine one that has the port too, since other programs listen there; special
 * ones (link-local, metadata of clouds) the address itself, not a name that stands for it. The installation's own
 * services are never reached.
 */
export function createEgress(rules: EgressRules, lookup: Lookup = systemLookup): Egress {
  const { hosts, also = [], own = [] } = rules;
  const services = createOwnServices(own, lookup);
  const patterns = [...(hosts ?? []), ...also].map(partsOf);
  const named = (host: string, port: number): Pattern[] => patterns.filter((pattern) => allows(pattern, host, port));

  /** Why calls do not go to this address, under the name by which it was written. */
  const refusal = async (address: string, host: string, port: number): Promise<string | undefined> => {
    const fits = named(host, port);
    const withPort = fits.some((pattern) => pattern.port !== undefined);
    const service = await services.at(address, port);
    if (service && !(service.opensWhenNamed && withPort)) return `belongs to this installation (${service.what})`;
    const kind = kindOfAddress(address);
    if (kind === 'loopback' && !withPort) {
      return `is an address of this machine, where calls do not go unless calls.hosts names host and port, such as ${host}:${port}`;
    }
    if (kind === 'private' && fits.length === 0) {
      return 'is an address of a private network, where calls do not go unless calls.hosts, or hosts of the department, names it';
    }
    if (kind === 'special' && !fits.some((pattern) => pattern.host === address))
      return `is a link-local or special address, ${NOT_THERE}`;
    return undefined;
  };

  const admit = async (url: URL): Promise<void> => {
    const host = bare(url.hostname);
    const port = portOf(url);
    if (hosts && named(host, port).length === 0) {
      throw refuse(`calls to ${url.host} are not allowed here. To fix: the operator adds it to calls.hosts`);
    }
    if (isMetadataName(host)) throw refuse(`${url.host} is the metadata service of a cloud, ${NOT_THERE}`);
    const service = services.named(host, port);
    if (service && !service.opensWhenNamed) throw refuse(`${url.host} belongs to this installation (${service.what})`);
    const why = kindOfAddress(host) && (await refusal(host, host, port));
    if (why) throw refuse(`${url.host} ${why}`);
  };
  const open = async (host: string, port: number, options: LookupOptions = {}): Promise<LookupAddress[]> => {
    const found = await lookup(host, { ...options, all: true });
    const judged = await Promise.all(found.map(({ address }) => refusal(address, bare(host), port)));
    const left = found.filter((_, index) => judged[index] === undefined);
    if (left.length > 0 || found.length === 0) return left;
    throw refuse(`${host} leads to ${found[0]?.address}, which ${judged[0]}`);
  };
  return {
    admit,
    async judge(url) {
      await admit(url);
      if (!kindOfAddress(url.hostname)) await open(bare(url.hostname), portOf(url));
    },
    lookup: (port) => (host, options, answer) => {
      open(host, port, options).then(
        (left) => (options.all ? answer(null, left) : answer(null, left[0]?.address ?? '', left[0]?.family)),
        // A name that cannot be looked up is reported by the connection itself, in its own words.
        (error: NodeJS.ErrnoException) => answer(error, ''),
      );
    },
  };
}

const NOT_THERE = 'where calls do not go unless calls.hosts names the address itself';

/** Whether gRPC goes there without TLS: to this machine, and to the hosts of `calls.plaintext`. */
export function isPlaintext(url: URL, patterns: readonly string[]): boolean {
  return LOOPBACK.has(url.hostname) || patterns.some((text) => allows(partsOf(text), bare(url.hostname), portOf(url)));
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether a pattern of the settings allows a host, as URLs write it, with its port. */
export function allowsHost(pattern: string, host: string, port: number): boolean {
  return allows(partsOf(pattern), bare(host), port);
}

type Pattern = { host: string; port: number | undefined };

/** Whether a pattern allows a host, which is written without brackets. */
function allows(pattern: Pattern, host: string, port: number): boolean {
  if (pattern.port !== undefined && pattern.port !== port) return false;
  return pattern.host.startsWith('*.') ? host.endsWith(pattern.host.slice(1)) : host === pattern.host;
}

function partsOf(pattern: string): Pattern {
  const [, host = '', port] = /^(.*?)(?::(\d+))?$/.exec(pattern.toLowerCase()) ?? [];
  return { host: bare(host), port: port === undefined ? undefined : Number(port) };
}

const bare = (host: string): string => host.toLowerCase().replace(/^\[|\]$/g, '');

const DEFAULT_PORTS: Record<string, number> = { 'http:': 80, 'ws:': 80, 'https:': 443, 'wss:': 443 };

/** The port that an address leads to. */
export function portOf({ port, protocol }: URL): number {
  return port === '' ? (DEFAULT_PORTS[protocol] ?? 0) : Number(port);
}

function refuse(detail: string) {
  return applicationException('authorization', detail);
}
