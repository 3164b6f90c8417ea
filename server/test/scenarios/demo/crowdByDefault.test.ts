import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../support/freePort.ts';
import { happens } from '../../support/happens.ts';
import { until } from '../../support/until.ts';

const START = fileURLToPath(new URL('../../../../scripts/start.mjs', import.meta.url));
const BROUGHT = /^(\d+) made-up units come to http:\S+$/m;

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dh-crowd-'));
  // The account of the stores must get through.
  await chmod(folder, 0o711);
});
after(() => rm(folder, { recursive: true, force: true }));

/** `npm start` on the data of a demo, ended in order when it has said that. @returns all that it said */
async function start(settings: NodeJS.ProcessEnv, untilSaid: RegExp): Promise<string> {
  const own = { DATA_DIR: folder, PORT: String(await freePort()), API_PORT: '0', MEDIA_PORT: String(await freePort()) };
  const demo = { MEDIA_WORKERS: '1', DEMO_TREE: '34', DEMO_FIGURES: 'off', LOG_LEVEL: '' };
  const stores = { DATABASE_URL: '', REDIS_URL: '', DH_NODE: process.execPath };
  const child = spawn(process.execPath, [START, '--no-set-up'], {
    env: { ...process.env, DEMO_CROWD: '', ...own, ...demo, ...stores, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (piece) => {
      said += piece;
    });
  const ended = happens(child, 'exit', 180_000);
  await until(`it says ${untilSaid}`, () => untilSaid.test(said) || child.exitCode !== null, 120_000);
  child.kill('SIGTERM');
  await ended;
  assert.equal(child.exitCode, 0, said);
  assert.doesNotMatch(said, /AbortError/, 'units end in order');
  return said;
}

test('DC8 npm start brings 200 units into a demo by itself, and none where that is said', async () => {
  const said = await start({}, BROUGHT);
  // A seat whose link is printed is not played (DC6).
  assert.match(BROUGHT.exec(said)?.[1] ?? '', /^(199|200)$/);
  assert.doesNotMatch(said, /"level":"info"/, 'DC10 nothing pushes its links out of sight');
  assert.doesNotMatch(await start({ DEMO_CROWD: '0' }, /^ready /m), BROUGHT);
  assert.doesNotMatch(await start({ DEMO: 'off' }, /^ready /m), BROUGHT);
});
