import { BlockList, isIP } from 'node:net';

/**
 * Whether an address is one of a list: addresses and networks, separated by commas (`203.0.113.7, 2001:db8::/48`).
 * @throws Error that names what is neither
 */
export function addressList(list: string): (address: string) => boolean {
  const found = new BlockList();
  for (const entry of list.split(',').flatMap((part) => part.trim() || [])) {
    const [address = '', bits, ...more] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    const most = family === 'ipv6' ? 128 : 32;
    const prefix = bits === undefined ? most : Number(bits);
    if (isIP(address) === 0 || more.length > 0 || !Number.isInteger(prefix) || prefix < 0 || prefix > most)
      throw new Error(`${entry} is neither an address nor a network`);
    found.addSubnet(address, prefix, family);
  }
  return (address) => {
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
    const version = isIP(plain);
    return version !== 0 && found.check(plain, version === 6 ? 'ipv6' : 'ipv4');
  };
}
