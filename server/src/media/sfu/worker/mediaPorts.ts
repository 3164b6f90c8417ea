import { readFileSync, readlinkSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { basename } from 'node:path';
import type { ListenPlace } from '../../../lib/listenRefusal.ts';
import { portHolder } from '../../../lib/portHolder.ts';

const WORKER = 'mediasoup-worker';

interface Listen {
  readonly listenIp: string;
  readonly announcedAddress?: string | undefined;
}

/**
 * The addresses to listen on. A candidate must name an address that exists, so "any" without a name to announce means
 * each address of this machine.
 */
export function listenAddresses({ listenIp, announcedAddress }: Listen): string[] {
  const any = listenIp === '0.0.0.0' || listenIp === '::';
  if (!any || announcedAddress !== undefined) return [listenIp];
  return Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter((a) => !a.internal && a.family === 'IPv4')
    .map((a) => a.address);
}

/** Where workers take TCP: from this machine alone, by the port that checks who comes (`edge/sharedPort`). */
export const TCP_LISTEN_IP = '127.0.0.1';

/**
 * What a worker listens on: UDP of its port on each address, TCP on loopback; nothing that is known before when the port
 * is 0.
 */
export function mediaPlaces({ port, ...listen }: Listen & { readonly port: number }): ListenPlace[] {
  if (port === 0) return [];
  const place = (protocol: 'udp' | 'tcp') => (ip: string) => ({ setting: 'MEDIA_PORT', protocol, ip, port });
  return [...listenAddresses(listen).map(place('udp')), place('tcp')(TCP_LISTEN_IP)];
}

/** Whether a worker has this port whose server is dead: it ends as soon as it sees that. */
export function isOrphanWorker({ protocol, ip, port }: ListenPlace): boolean {
  const holder = portHolder(protocol, ip, port);
  if (holder?.pid === undefined || holder.program !== WORKER) return false;
  try {
    const stat = readFileSync(`/proc/${holder.pid}/stat`, 'utf8');
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    // An orphan goes to the first process or to our supervisor; a living server is a Node that is neither.
    return parent === 1 || parent === process.ppid || basename(readlinkSync(`/proc/${parent}/exe`)) !== 'node';
  } catch {
    return true; // it ended while we looked
  }
}
