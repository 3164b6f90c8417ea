import { readFile, statfs } from 'node:fs/promises';
import { FINE, type Finding, unknown, warning } from '../Conditions.ts';

/**
 * 11,000 devices have an order channel and LiveKit's signalling each; those that come back after a cut have both twice
 * for a while.
 */
export const FILES_WANTED = 44_000;
/** A day of a large roll-call and its reports takes less. */
const ROOM_WANTED = 2 * 2 ** 30;

/** @param limits text of `/proc/PID/limits` */
export function openFiles(limits: string): Finding {
  const soft = /^Max open files\s+(\d+|unlimited)\s/m.exec(limits)?.[1];
  if (soft === undefined) return unknown('the kernel does not say how many files may be open');
  if (soft === 'unlimited' || Number(soft) >= FILES_WANTED) return FINE;
  return warning(
    `${soft} files may be open at once, but 11,000 devices want ${FILES_WANTED}: set LimitNOFILE in the unit, or ulimit -n before the start`,
  );
}

/** @param wanted bytes that each media worker asks for, by the name of the kernel's limit */
export async function socketBuffers(
  wanted: Readonly<Record<'rmem_max' | 'wmem_max', number>>,
  folder = '/proc/sys/net/core',
): Promise<Finding> {
  const small: string[] = [];
  for (const [name, bytes] of Object.entries(wanted)) {
    const text = await readFile(`${folder}/${name}`, 'utf8').catch(() => undefined);
    if (text === undefined) return unknown(`the kernel does not say its net.core.${name} here`);
    if (Number(text) < bytes) small.push(`net.core.${name}=${bytes} (it is ${text.trim()})`);
  }
  if (small.length === 0) return FINE;
  return warning(
    `the kernel gives media smaller buffers than the workers ask for, so bursts of packets are lost: sysctl -w ${small.join(', ')}`,
  );
}

/** @param free bytes that this account may still write */
export function freeRoom(folder: string, free: number): Finding {
  if (free >= ROOM_WANTED) return FINE;
  return warning(
    `${Math.floor(free / 2 ** 20)} MiB are free on the disk of ${folder}, less than 2 GiB: make room there`,
  );
}

export async function freeDisk(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder);
  return freeRoom(folder, bavail * bsize);
}
