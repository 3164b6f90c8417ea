import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { happens } from './happens.ts';

export interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs an operator's command in a process of its own. @param command as after `npm run dh --`: `audit/verify --export x` */
export async function dh(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const script = fileURLToPath(new URL(`../../../scripts/${command}.ts`, import.meta.url));
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), happens(child, 'close', 120_000)]);
  return { status: child.exitCode, out, err };
}
