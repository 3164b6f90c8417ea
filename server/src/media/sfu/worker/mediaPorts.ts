import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { basename } from 'node:path';
import type { ListenPlace } from '../../../lib/listenRefusal.ts';
import { portHolder } from '../../../lib/portHolder.ts';
import { userName } from '../../../lib/userName.ts';

const WORKER = 'mediasoup-worker';
/** `npm start` as root gives workers this account (`scripts/setup/accounts.mjs`). */
const WORKER_ACCOUNT = 'dieu-hanh-media';
/** Of a program's name the kernel keeps as much. */
const NAME_LENGTH = 15;

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
  if (!holder) return false;
  if (holder.pid !== undefined) return holder.program === WORKER && isOrphan(holder.pid);
  // Behind its walls a worker shows nobody what it has open, so it is one of its account, or has just gone.
  if (holder.uid !== process.getuid?.() && userName(holder.uid) !== WORKER_ACCOUNT) return false;
  const others = workersOf(holder.uid).filter((pid) => parentOf(pid) !== process.pid);
  return others.length === 0 || others.some(isOrphan);
}

function workersOf(uid: number): number[] {
  const isOne = (pid: number) => {
    const status = readProc(pid, 'status');
    return status.startsWith(`Name:\t${WORKER.slice(0, NAME_LENGTH)}\n`) && status.includes(`\nUid:\t${uid}\t`);
  };
  return readdirSync('/proc').map(Number).filter(Number.isInteger).filter(isOne);
}

function isOrphan(pid: number): boolean {
  const parent = parentOf(pid);
  try {
    // An orphan goes to the first process or to our supervisor; a living server is a Node that is neither.
    return parent === 1 || parent === process.ppid || basename(readlinkSync(`/proc/${parent}/exe`)) !== 'node';
  } catch {
    return true; // it ended while we looked
  }
}

function parentOf(pid: number): number {
  return Number(/^PPid:\t(\d+)/m.exec(readProc(pid, 'status'))?.[1]);
}

/** Empty for one that is gone. */
function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
