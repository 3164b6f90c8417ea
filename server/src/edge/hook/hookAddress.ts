import { BlockList, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

/** A store of this server, as its setting names it. */
export interface StoreAddress {
  readonly host: string;
  readonly port: number;
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** This network itself, link-local (where clouds keep their secrets), multicast, broadcast; and IPv4 by other names. */
const nobody = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  nobody.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2002::', 16],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  nobody.addSubnet(network, bits, 'ipv6');
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * WH8: whether a hook may be delivered to an address that a name has led to. Private networks are where receivers lie.
 * @param stores of which no port is ever asked
 * @param allowLoopback for tests, and receivers on the same machine
 */
export function mayDeliver(
  stores: readonly StoreAddress[],
  allowLoopback: boolean,
): (address: string, port: number) => boolean {
  const storeHosts = new Set(stores.map(({ host }) => host.replace(/^\[|\]$/g, '')));
  const ports = new Set(stores.map(({ port }) => port));
  return (asked, port) => {
    const address = MAPPED.exec(asked)?.[1] ?? asked;
    const version = isIP(address);
    if (version === 0 || address.includes('%')) return false;
    const family = version === 6 ? 'ipv6' : 'ipv4';
    const isLoop = loopback.check(address, family);
    if (isLoop ? !allowLoopback : nobody.check(address, family)) return false;
    return !(ports.has(port) && (isLoop || storeHosts.has(address) || isOwn(address)));
  };
}

const isOwn = (address: string): boolean =>
  Object.values(networkInterfaces()).some((list) => list?.some((own) => own.address === address));
