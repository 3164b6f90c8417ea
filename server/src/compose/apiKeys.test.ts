import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { MemoryBus } from '../../test/support/MemoryBus.ts';
import { until } from '../../test/support/until.ts';
import type { Bus } from '../cluster/bus/Bus.ts';
import { KeyBox } from '../cluster/bus/KeyBox.ts';
import type { Membership } from '../cluster/membership/Membership.ts';
import { Requests } from '../cluster/requests/Requests.ts';
import { readConfig } from '../config.ts';
import { addKey, rotateKey, withdrawKey } from '../edge/livekit/keys/changes.ts';
import { changeKeyFile, KeyRing } from '../edge/livekit/keys/index.ts';
import { Closer } from '../lib/Closer.ts';
import { Health } from '../observability/health.ts';
import { createLogger } from '../observability/logger.ts';
import { Metrics } from '../observability/metrics.ts';
import { composeApiKeys } from './apiKeys.ts';

let folder: string;
let bus: MemoryBus;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dh-told-keys-'));
  bus = new MemoryBus();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const keyBox = KeyBox.of(['what-two-nodes-of-a-test-have-in-common']);
const log = createLogger('silent');

/** What a node has of API keys; it looks and tells when the test says so. */
async function node(name: string, env: Record<string, string> = {}) {
  const config = readConfig({ DATA_DIR: join(folder, name), NODE_ID: name, ...env });
  const keys = await KeyRing.create(config, log);
  const end = bus.node(name);
  const requests = new Requests({ bus: end as unknown as Bus, nodes: end, logger: log });
  const base = { config, logger: log, metrics: new Metrics(name), health: new Health(), closer: new Closer(() => {}) };
  const membership = { hasOthers: true } as Membership;
  const part = composeApiKeys(base, { bus: end, membership, requests, keyBox, keys });
  requests.join(part.nodeAnswers ?? []);
  for (const { join: enter } of part.nodeTopics ?? []) enter((definition) => end.topic(definition));
  const sweep = async () => {
    for (const { run } of part.sweeps ?? []) await run();
  };
  return { path: join(folder, name, 'api-keys.json'), keys, sweep, end };
}
const all = ({ keys }: { keys: KeyRing }) => keys.all();

test('NJ6 keys that are made, rotated and withdrawn where they are kept hold at a node that has joined, and lie in its file', async () => {
  const kept = await node('kept');
  const joined = await node('joined', { JOIN_URL: 'https://kept.example' });
  const same = () => JSON.stringify(all(joined)) === JSON.stringify(all(kept));
  assert.equal(same(), false, 'each has made one');
  await kept.sweep();
  await until('it has those of the other', same);
  const changes = [
    () => changeKeyFile(kept.path, (keys) => addKey(keys, { name: 'archive', rooms: ['archive-*'] })),
    () => changeKeyFile(kept.path, (keys) => rotateKey(keys, 'archive', 60_000, Date.now())),
    () => changeKeyFile(kept.path, (keys) => withdrawKey(keys, 'default')),
  ];
  for (const change of changes) {
    await change();
    await kept.keys.refresh();
    await until('the change holds there', same);
  }
  assert.deepEqual([all(joined).map(({ name }) => name), all(joined)[0]?.secrets.length], [['archive'], 2]);
  assert.equal((await stat(joined.path)).mode & 0o777, 0o600);
  assert.equal(await readFile(joined.path, 'utf8'), await readFile(kept.path, 'utf8'));
  const said = JSON.stringify([...bus.said]);
  for (const { secrets } of all(kept)) for (const { secret } of secrets) assert.ok(!said.includes(secret));
});

test('NJ6 what was missed while a node was away is learned later; what cannot be used is told to nobody', async () => {
  const kept = await node('kept');
  const joined = await node('joined', { JOIN_URL: 'https://kept.example' });
  bus.setAway(joined.end, true);
  await changeKeyFile(kept.path, (keys) => addKey(keys, { name: 'archive', rooms: ['archive-*'] }));
  await kept.keys.refresh();
  await kept.sweep();
  bus.setAway(joined.end, false);
  assert.deepEqual(
    all(joined).map(({ name }) => name),
    ['default'],
  );
  await kept.sweep();
  await until('it has caught up', () => all(joined).length === 2);
  await writeFile(kept.path, '{ "keys": [');
  const before = bus.said.get('api-keys')?.length;
  await kept.keys.refresh();
  await kept.sweep();
  assert.equal(bus.said.get('api-keys')?.length, before);
  assert.equal(all(joined).length, 2);
});

test('NJ6 a node that has keys of its own follows nobody', async () => {
  const one = await node('one');
  const two = await node('two');
  const [before] = all(two);
  await one.sweep();
  await two.sweep();
  await changeKeyFile(one.path, (keys) => addKey(keys, { name: 'archive', rooms: ['archive-*'] }));
  await one.keys.refresh();
  // What one has said is heard a turn later.
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  await two.keys.refresh();
  assert.deepEqual(all(two), [before]);
});
