import { isIP, isIPv4 } from 'node:net';
import { networkOf } from './networkOf.ts';

/**
 * HT18: the network of a client's address that a log may name: /24 of IPv4, also where it is written as IPv6, and /48 of
 * IPv6. What is no address is left as it is.
 */
export function shortAddress(address: string): string {
  const plain = networkOf(address, 48);
  if (isIPv4(plain)) return plain.replace(/\d+$/, '0/24');
  // Of the other ways to write an IPv4 address as IPv6 nothing is left either.
  return isIP(address) === 0 ? address : plain;
}
