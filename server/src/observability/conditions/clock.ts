import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { FINE, type Finding, unknown, warning } from '../Conditions.ts';

const run = promisify(execFile);
const ANSWER_WITHIN_MS = 2_000;
/** People read deadlines off this machine's clock; PostgreSQL's decides them. */
const APART_MS = 2_000;

/** A program that knows whether the clock is kept, and how its answer is read; undefined: it says neither. */
interface Witness {
  readonly command: readonly [string, ...string[]];
  readonly read: (output: string) => boolean | undefined;
}

export const witnesses: readonly Witness[] = [
  {
    command: ['timedatectl', 'show', '-p', 'NTPSynchronized', '--value'],
    read: (output) => ({ yes: true, no: false })[output.trim()],
  },
  {
    command: ['chronyc', 'tracking'],
    read: (output) => {
      const leap = /^Leap status\s*:\s*(.+)$/m.exec(output)?.[1]?.trim();
      return leap === undefined ? undefined : leap !== 'Not synchronised';
    },
  },
];

const ask = async ([program, ...args]: Witness['command']): Promise<string | undefined> => {
  try {
    return (await run(program, args, { timeout: ANSWER_WITHIN_MS })).stdout;
  } catch {
    return undefined; // not there, or it cannot ask its service: it knows nothing
  }
};

/**
 * Whether the clock of this machine is right: as far as PostgreSQL's differs from it, and as far as a service that keeps
 * it says so.
 * @param apartMs how far PostgreSQL's clock is before this machine's, ms
 */
export async function clockKept(apartMs: number, output: typeof ask = ask): Promise<Finding> {
  if (Math.abs(apartMs) > APART_MS)
    return warning(
      `the clocks of this machine and of PostgreSQL are ${(Math.abs(apartMs) / 1000).toFixed(1)} s apart: keep both by NTP`,
    );
  for (const { command, read } of witnesses) {
    const text = await output(command);
    const kept = text === undefined ? undefined : read(text);
    if (kept === true) return FINE;
    if (kept === false)
      return warning(
        `${command[0]} says that no time server keeps this machine's clock: set up NTP, since deadlines are read off it`,
      );
  }
  return unknown('nothing here says whether a time server keeps the clock (neither timedatectl nor chronyc answers)');
}
