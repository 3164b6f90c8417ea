import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../setup/place.mjs';
import { say } from '../setup/progress.mjs';
import { gently } from './gently.mjs';

const SHARED = join(root, 'server/test/support/shared/main.ts');

/**
 * Starts what the files of a stage share, runs the stage with it, and ends it.
 * @param {string[]} what `postgres`: the embedded one; `external`: another one, of another version where the system has one, by an ordinary role;
 *   `browser`: a Chromium
 * @param {(options: object) => Promise<void>} stage gets the options with the addresses in `env`
 */
export async function withShared(what, options, stage, tally) {
  const [program, ...args] = gently(options.gentle, [options.node, SHARED, ...what]);
  const shared = spawn(program, args, { env: options.env, stdio: ['pipe', 'pipe', 'inherit'] });
  const gone = once(shared, 'exit');
  try {
    const [line] = await Promise.race([once(createInterface({ input: shared.stdout }), 'line'), gone.then(() => [])]);
    if (typeof line !== 'string')
      return tally.add(`what the files share starts: ${what.join(', ')}`, 'failed', 'see what is printed above');
    const { version, ...env } = JSON.parse(line);
    if (version) say(`  on PostgreSQL ${version}`);
    await stage({ ...options, env: { ...options.env, ...env }, ...(version && { on: `PostgreSQL ${version}` }) });
  } finally {
    shared.stdin.end();
    await gone;
  }
}
