import ipaddr from 'ipaddr.js';

/**
 * What an address is, to whoever decides whether a call may go there. `private`: a network of somebody's own (RFC 1918,
 * RFC 4193, RFC 6598). `special`: everything else that is no host of the internet: link-local, metadata of clouds,
 * multicast, documentation, tunnels, and what the registries of IANA keep for later.
 */
export type AddressKind = 'public' | 'loopback' | 'private' | 'special';

/**
 * Where clouds hand out credentials and settings of the machine itself, outside of link-local ranges: AWS and Scaleway
 * over IPv6, Google over IPv6, Oracle, Alibaba, Azure's WireServer, Oracle Classic. Those of link-local addresses
 * (169.254.169.254 of nearly all, 169.254.170.2 of ECS, 169.254.0.23 of Tencent) need no list.
 */
const METADATA_ADDRESSES = new Set([
  'fd00:ec2::254',
  'fd00:ec2::23',
  'fd00:42::42',
  'fd20:ce::254',
  'fd00:c1::a9fe:a9fe',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
]);

/** Names of the same services: a name is refused before it is looked up, wherever the machine's own DNS leads it. */
const METADATA_NAMES = new Set([
  'metadata',
  'metadata.google.internal',
  'metadata.goog',
  'metadata.tencentyun.com',
  'metadata.azure.internal',
  'instance-data',
  'instance-data.ec2.internal',
  'metadata.platformequinix.com',
  'metadata.packet.net',
]);

/** Global unicast addresses that IANA gives out (RFC 4291, 2.4); all others of the kind are reserved. */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3');
/** The one NAT64 prefix that leads to the internet's IPv4 addresses (RFC 6052, 2.1); 64:ff9b:1::/48 is for local use. */
const NAT64 = ipaddr.parseCIDR('64:ff9b::/96');
/** Interface identifiers of ISATAP, with and without the universal bit, before the IPv4 address (RFC 5214, 6.1). */
const ISATAP = new Set(['0:5efe', '200:5efe']);

/** True for a name by which a cloud serves metadata of its machines, also with the dot of the root. */
export function isMetadataName(host: string): boolean {
  return METADATA_NAMES.has(host.toLowerCase().replace(/\.$/, ''));
}

/** The kind of an address, with or without brackets; undefined for what is none, such as a name. */
export function kindOfAddress(text: string): AddressKind | undefined {
  const bare = text.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (!ipaddr.isValid(bare) || (!bare.includes(':') && !ipaddr.IPv4.isValidFourPartDecimal(bare))) return undefined;
  return kindOf(ipaddr.parse(bare));
}

function kindOf(address: ipaddr.IPv4 | ipaddr.IPv6): AddressKind {
  if (METADATA_ADDRESSES.has(address.toString())) return 'special';
  if (address instanceof ipaddr.IPv6) {
    const inner = innerAddress(address);
    if (inner) return kindOf(inner);
    if (address.range() === 'unicast' && !address.match(GLOBAL_UNICAST)) return 'special';
  }
  switch (address.range()) {
    case 'unicast':
      return 'public';
    case 'loopback':
    // A connection to 0.0.0.0 or :: is one to this machine.
    case 'unspecified':
      return 'loopback';
    case 'private':
    case 'uniqueLocal':
    case 'carrierGradeNat':
      return 'private';
    default:
      return 'special';
  }
}

/** The IPv4 address that this one stands for. Deprecated forms (6to4, Teredo, IPv4-compatible) are special as a whole. */
function innerAddress(address: ipaddr.IPv6): ipaddr.IPv4 | undefined {
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  const parts = address.parts;
  const isatap = ISATAP.has(`${parts[4]?.toString(16)}:${parts[5]?.toString(16)}`);
  return isatap || address.match(NAT64) ? new ipaddr.IPv4(address.toByteArray().slice(12)) : undefined;
}
