import { readFileSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A process by its pid and start time (clock ticks since boot), so that a reused pid is not taken for the old process.
 */
export interface ProcessId {
  readonly pid: number;
  readonly startedAt: string;
}

/** Who runs under this pid now; undefined when nobody does. A zombie counts as nobody: it serves no more. */
export function identifyProcess(pid: number): ProcessId | undefined {
  const { state, startedAt } = readStat(pid) ?? {};
  return state === undefined || startedAt === undefined || state === 'Z' || state === 'X'
    ? undefined
    : { pid, startedAt };
}

/**
 * Dead, but not yet taken off the list by its parent; an orphan may stay so for seconds in a container whose first
 * process is slow.
 */
export function isZombie(pid: number): boolean {
  return readStat(pid)?.state === 'Z';
}

function readStat(pid: number): { state: string | undefined; startedAt: string | undefined } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command name may hold spaces and brackets, so count from the last bracket.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0], startedAt: fields[19] };
  } catch {
    return undefined;
  }
}

export function isAlive(process: ProcessId): boolean {
  return identifyProcess(process.pid)?.startedAt === process.startedAt;
}

/**
 * Whether a process works in that folder; false when it is gone or not ours to see. By the folder itself: one path may
 * lead to another in the view of files of an earlier server.
 */
export function worksIn(pid: number, folder: string): boolean {
  try {
    const [there, here] = [statSync(`/proc/${pid}/cwd`), statSync(folder)];
    return there.dev === here.dev && there.ino === here.ino;
  } catch {
    return false;
  }
}

/** Sends a signal to this very process; a process that is gone is not an error. */
export function signal(target: ProcessId, name: NodeJS.Signals): void {
  if (!isAlive(target)) return;
  try {
    process.kill(target.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Waits until the process is gone. @returns false when it still lives after `timeoutMs`. */
export async function untilGone(target: ProcessId, timeoutMs: number): Promise<boolean> {
  const end = performance.now() + timeoutMs;
  while (isAlive(target)) {
    if (performance.now() > end) return false;
    await sleep(20);
  }
  return true;
}
