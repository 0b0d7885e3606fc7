import ipaddr from 'ipaddr.js';

/** Addresses of a chain that are looked at: longer ones are made up. */
const LONGEST_CHAIN = 20;

/**
 * Address of the client behind trusted proxies: of the chain `X-Forwarded-For` and the socket, the last one that is no
 * trusted proxy, since only what a trusted proxy has written there is believed. IPv6 clients count by their /64, which one
 * customer of a provider has to itself.
 * @param trusted addresses and networks in CIDR notation (settings `server.trustedProxies`)
 */
export function clientAddress(socket: string, forwarded: string | undefined, trusted: readonly string[]): string {
  const chain = (forwarded ?? '')
    .split(',')
    .slice(-LONGEST_CHAIN)
    .map((part) => part.trim());
  let client = socket;
  while (isTrusted(client, trusted)) {
    const before = chain.pop();
    if (before === undefined || !ipaddr.isValid(before)) break;
    client = before;
  }
  return networkOf(client);
}

function isTrusted(address: string, trusted: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return trusted.some((entry) => {
    const [network, bits] = entry.includes('/') ? ipaddr.parseCIDR(entry) : [ipaddr.process(entry), undefined];
    if (network.kind() !== parsed.kind()) return false;
    return parsed.match(network, bits ?? (network.kind() === 'ipv6' ? 128 : 32));
  });
}

/** IPv4 as it is, also inside IPv6; of IPv6 the first 64 bits. */
function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/64`).toString();
}
