import { BlockList, isIP } from 'node:net';

/** What leads to this machine, into its own network, or to many at once (RFC 6890 and its registries, RFC 6666, RFC 9637). */
const OF_NOBODY = `0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
  192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24
  203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 2001::/23 2001:db8::/32 2002::/16 3fff::/20 2620:4f:8000::/48`.split(/\s+/);
/** Of IPv6 everything else is reserved, private, or leads to an address of IPv4 by another name. */
const PUBLIC_V6 = '2000::/3';

const listOf = (networks: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(address, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family);
  }
  return list;
};
const ofNobody = listOf(OF_NOBODY);
const publicV6 = listOf([PUBLIC_V6]);
/** An address of IPv4 in the clothes of one of IPv6; Node and the system take it for the former. */
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * FG63: whether a source may lie at an address: one of the public internet, or of a network that the operator named for it.
 * @param networks checked ones
 */
export function mayBeAsked(networks: readonly string[]): (address: string) => boolean {
  const named = listOf(networks);
  return (asked) => {
    const address = MAPPED.exec(asked)?.[1] ?? asked;
    const version = isIP(address);
    if (version === 0 || address.includes('%')) return false;
    const family = version === 6 ? 'ipv6' : 'ipv4';
    if (named.check(address, family)) return true;
    return (version === 4 || publicV6.check(address, 'ipv6')) && !ofNobody.check(address, family);
  };
}
