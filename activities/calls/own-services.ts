import type { LookupAddress } from 'node:dns';
import { networkInterfaces } from 'node:os';
import { kindOfAddress } from './address-kind.ts';

/** A service that belongs to the installation: calls of definitions do not reach it, whatever they name it. */
export type OwnService = {
  /** In words, for the message: "Temporal". */
  what: string;
  host: string;
  port: number;
  /** A service beside it, such as its mail server: reached where `calls.hosts` names exactly this host and port. */
  opensWhenNamed?: boolean;
  /** Known by its name alone: what answers there, such as a proxy, serves others too. */
  byNameAlone?: boolean;
};

export type OwnServices = {
  /** The service of this installation that answers at that address and port, if there is one. */
  at: (address: string, port: number) => Promise<OwnService | undefined>;
  /** The service that goes by this very name and port. */
  named: (host: string, port: number) => OwnService | undefined;
};

type Lookup = (host: string, options: { all: true }) => Promise<LookupAddress[]>;

/** How long the addresses of an own service count: containers that start anew get others. */
const FRESH_MS = 30_000;

/** Knows the installation's own services by name, and by every address that leads to them. */
export function createOwnServices(services: readonly OwnService[], lookup: Lookup): OwnServices {
  const found = new Map<string, { addresses: Promise<Set<string>>; until: number }>();
  const addressesOf = (host: string): Promise<Set<string>> => {
    const kept = found.get(host);
    if (kept && kept.until > Date.now()) return kept.addresses;
    const addresses = lookUp(host, lookup);
    found.set(host, { addresses, until: Date.now() + FRESH_MS });
    return addresses;
  };
  return {
    async at(address, port) {
      const wanted = plain(address);
      const here = isThisMachine(wanted);
      for (const service of services.filter((one) => one.port === port && !one.byNameAlone)) {
        const addresses = await addressesOf(plain(service.host));
        if (addresses.has(wanted) || (here && [...addresses].some(isThisMachine))) return service;
      }
      return undefined;
    },
    named: (host, port) => services.find((one) => one.port === port && plain(one.host) === plain(host)),
  };
}

/** Without brackets, and an IPv4 address in the clothes of IPv6 as what it is: `::ffff:a.b.c.d`, or in hexadecimal. */
function plain(host: string): string {
  const bare = host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(bare) ?? [];
  if (high === undefined || low === undefined) return bare.replace(/^::ffff:(?=\d+\.)/, '');
  const [a, b] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [a >> 8, a & 255, b >> 8, b & 255].join('.');
}

/** Names that cannot be looked up lead nowhere at this moment, for calls no more than for us. */
async function lookUp(host: string, lookup: Lookup): Promise<Set<string>> {
  if (kindOfAddress(host)) return new Set([host]);
  const found = await lookup(host, { all: true }).catch(() => []);
  return new Set(found.map(({ address }) => plain(address)));
}

function isThisMachine(address: string): boolean {
  if (kindOfAddress(address) === 'loopback') return true;
  return Object.values(networkInterfaces()).some((all) => all?.some((one) => one.address === address));
}
