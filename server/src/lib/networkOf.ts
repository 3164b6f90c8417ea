import { isIPv6 } from 'node:net';

/** Bits of a group of an IPv6 address. */
const GROUP = 16;

/**
 * What tries and connections are counted by: an IPv4 address, also one written as IPv6 (`::ffff:192.0.2.1`), or the
 * network of an IPv6 address (`2001:db8:0:1::/64`). What is no address is left as it is.
 * @param bits 64: what one customer is given, who chooses freely within it; 48: what one of many networks may be given
 */
export function networkOf(address: string, bits: 48 | 64 = 64): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (!isIPv6(address)) return address;
  const [plain = ''] = address.split('%');
  const [before = '', after] = plain.split('::');
  const head = before === '' ? [] : before.split(':');
  const tail = after === undefined || after === '' ? [] : after.split(':');
  const zeros = after === undefined ? 0 : Math.max(0, 8 - head.length - tail.length);
  const groups = [...head, ...Array<string>(zeros).fill('0'), ...tail].slice(0, bits / GROUP);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/${bits}`;
}
