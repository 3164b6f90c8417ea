import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../setup/place.mjs';
import { say } from '../setup/progress.mjs';
import { nodeTests } from './nodeTests.mjs';

const STORES = join(root, 'server/test/support/external/main.ts');

/** The same test files on a PostgreSQL that is not the embedded one: of another version, where the system has one, and by an ordinary role. */
export async function external(options, tally) {
  const stores = spawn(options.node, [STORES], { env: options.env, stdio: ['pipe', 'pipe', 'inherit'] });
  const gone = once(stores, 'exit');
  try {
    const [line] = await Promise.race([once(createInterface({ input: stores.stdout }), 'line'), gone.then(() => [])]);
    if (typeof line !== 'string') return tally.add('external: the stores start', 'failed', 'see what is printed above');
    const { version, ...addresses } = JSON.parse(line);
    say(`  on PostgreSQL ${version}`);
    await nodeTests({ ...options, env: { ...options.env, ...addresses }, on: `PostgreSQL ${version}` }, tally);
  } finally {
    stores.stdin.end();
    await gone;
  }
}
