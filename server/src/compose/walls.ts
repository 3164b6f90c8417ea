import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Sfu } from '../media/sfu/index.ts';
import { type Condition, FINE, warning } from '../observability/Conditions.ts';

const run = promisify(execFile);
const TELL_WITHIN_MS = 5_000;
/** What the launcher says of the walls that stand here (`scripts/confine/walls.c`); 0 is a kernel without Landlock. */
const toldSchema = z.object({ landlock: z.number() });

/**
 * What stands between a media worker that was taken over and the rest: as the kernel says of those that run, not as it was
 * wished for.
 */
export function mediaWalls(sfu: Sfu, launcher: string | undefined): Condition {
  return {
    name: 'media-walls',
    look: async () => {
      const lacking = new Set<string>();
      for (const { pid } of await sfu.usage()) for (const wall of await missingAround(pid)) lacking.add(wall);
      if (launcher === undefined)
        lacking.add('nothing puts them up, since MEDIA_LAUNCHER is not set (npm start sets it)');
      else if ((await ask(launcher)).landlock === 0) lacking.add('the kernel has no Landlock');
      if (lacking.size === 0) return FINE;
      return warning(
        `media workers are not wholly walled in: ${[...lacking].join('; ')} (docs/operations/security.md)`,
      );
    },
  };
}

async function missingAround(pid: number): Promise<string[]> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const field = (name: string) => Number(new RegExp(`^${name}:\\t(\\d+)`, 'm').exec(status)?.[1]);
  return [
    ...(field('Seccomp') === 2 ? [] : ['their system calls are not filtered']),
    ...(field('NoNewPrivs') === 1 ? [] : ['they may gain rights']),
    ...(field('Uid') === process.getuid?.() ? ["they have the server's account"] : []),
  ];
}

const ask = async (launcher: string) =>
  toldSchema.parse(JSON.parse((await run(launcher, ['--tell'], { timeout: TELL_WITHIN_MS })).stdout));
