import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** CPU seconds that a process and all its children have used, and the memory that they occupy. */
export interface TreeUsage {
  readonly processes: number;
  readonly cpuSeconds: number;
  /** Shared pages are counted once, by their proportion. */
  readonly memoryBytes: number;
}

let ticksPerSecond = 0;

/** Reads /proc, so it works on Linux alone. Processes that have ended count by what their parent collected of them. */
export function usageOfTree(root: number): TreeUsage {
  ticksPerSecond ||= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  const { tree, ticks } = readTree(root);
  return {
    processes: tree.length,
    cpuSeconds: tree.reduce((sum, pid) => sum + (ticks.get(pid) ?? 0), 0) / ticksPerSecond,
    memoryBytes: tree.reduce((sum, pid) => sum + memoryOf(pid), 0),
  };
}

/** A process and all below it. */
export const processesOf = (root: number): readonly number[] => readTree(root).tree;

function readTree(root: number): { readonly tree: readonly number[]; readonly ticks: ReadonlyMap<number, number> } {
  const parents = new Map<number, number>();
  const ticks = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const fields = statOf(Number(name));
    if (!fields) continue;
    parents.set(Number(name), Number(fields[1]));
    ticks.set(
      Number(name),
      [11, 12, 13, 14].reduce((sum, i) => sum + Number(fields[i]), 0),
    );
  }
  if (!parents.has(root)) throw new Error(`no process ${root}`);
  const isInTree = (pid: number): boolean => pid === root || (pid > 1 && isInTree(parents.get(pid) ?? 0));
  return { tree: [...parents.keys()].filter(isInTree), ticks };
}

/** Of several trees together. */
export const sumOf = (trees: readonly TreeUsage[]): TreeUsage =>
  trees.reduce((sum, tree) => ({
    processes: sum.processes + tree.processes,
    cpuSeconds: sum.cpuSeconds + tree.cpuSeconds,
    memoryBytes: sum.memoryBytes + tree.memoryBytes,
  }));

/** CPU seconds that one process has used, without its children. */
export function cpuOfProcess(pid: number): number {
  ticksPerSecond ||= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  const fields = statOf(pid);
  if (!fields) throw new Error(`no process ${pid}`);
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** CPU seconds of the threads that a process has now, to the nanosecond: a tick of `cpuOfProcess` is 10 ms. */
export const cpuOfThreads = (pid: number): number =>
  readdirSync(`/proc/${pid}/task`).reduce((sum, thread) => sum + runTimeOf(pid, thread), 0) / 1e9;

/** The process that listens on a TCP port of this machine; undefined when there is none that we may see. */
export function listenerOf(port: number): number | undefined {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of readFileSync(table, 'utf8').split('\n').slice(1)) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      if (local?.endsWith(`:${hex}`) && state === '0A' && inode) inodes.add(`socket:[${inode}]`);
    }
  }
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const files = readdirSync(`/proc/${pid}/fd`);
      if (files.some((fd) => inodes.has(linkOf(`/proc/${pid}/fd/${fd}`)))) return Number(pid);
    } catch {
      // Ended meanwhile, or not ours.
    }
  }
  return undefined;
}

/** Fields of /proc/PID/stat after the name, which may hold spaces. */
function statOf(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

function runTimeOf(pid: number, thread: string): number {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
  } catch {
    return 0;
  }
}

function memoryOf(pid: number): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return 1024 * Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
