import assert from 'node:assert/strict';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { createLogger } from '../../../observability/logger.ts';
import { touches } from './apiKey.ts';
import { addKey, rotateKey, withdrawKey } from './changes.ts';
import { KeyRing } from './KeyRing.ts';
import { changeKeyFile } from './keyFile.ts';
import { readKeys } from './readKeys.ts';

const HOUR_MS = 3_600_000;
let folder: string;
let path: string;
let said: string[];
let now: number;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dh-keys-'));
  path = join(folder, 'api-keys.json');
  said = [];
  now = Date.parse('2026-01-01T00:00:00Z');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const log = createLogger('info', { write: (line) => void said.push(line) });
const settings = (more: object = {}) => ({ DATA_DIR: folder, WEBHOOK_URLS: '', ...more });
const openRing = async (more: object = {}) => {
  const ring = await KeyRing.create(settings(more), log, () => now);
  let changes = 0;
  ring.on('changed', () => changes++);
  return { ring, changes: () => changes };
};
const names = (ring: KeyRing) => ring.all().map(({ name }) => name);
const secretsOf = (ring: KeyRing, name: string) => ring.find(name)?.secrets.map(({ secret }) => secret) ?? [];

test('KY2 a key has the rooms of its patterns, and no others', () => {
  const rows: [string, string, boolean][] = [
    ['archive', 'archive', true],
    ['archive', 'archive-1', false],
    ['archive', 'Archive', false],
    ['archive-*', 'archive-1', true],
    ['archive-*', 'archive-', true],
    ['archive-*', 'archive', false],
    ['archive-*', 'my-archive-1', false],
    ['a.c', 'abc', false],
    ['*', 'anything', true],
  ];
  for (const [pattern, room, expected] of rows)
    assert.equal(touches({ rooms: [pattern] }, room), expected, `${pattern}: ${room}`);
  assert.equal(touches({ rooms: ['a', 'b-*'] }, 'b-1'), true);
  for (const rooms of [[], [''], ['a*b'], ['**']])
    assert.throws(() => addKey([], { name: 'k', rooms }), /room/, JSON.stringify(rooms));
  for (const name of ['', 'dieu-hanh/briefing', 'a b', '-x', 'x'.repeat(65)])
    assert.throws(() => addKey([], { name, rooms: ['*'] }), /letters, digits/, name);
});

test('KY1 keys come and go while the server runs, and nobody else reads their file', async () => {
  const { ring, changes } = await openRing();
  assert.deepEqual(names(ring), ['default'], 'one for every room, to begin with');
  await changeKeyFile(path, (keys) => addKey(keys, { name: 'archive', rooms: ['archive-*'] }));
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  await ring.refresh();
  assert.deepEqual([names(ring), changes()], [['default', 'archive'], 1]);
  await ring.refresh();
  assert.equal(changes(), 1, 'nothing has changed');
  const twice = changeKeyFile(path, (keys) => addKey(keys, { name: 'archive', rooms: ['*'] }));
  await assert.rejects(twice, /there is an API key archive already/);
  await assert.rejects(
    changeKeyFile(path, (keys) => withdrawKey(keys, 'nobody')),
    /there is no API key nobody/,
  );
  await changeKeyFile(path, (keys) => withdrawKey(keys, 'default'));
  await ring.refresh();
  assert.deepEqual([names(ring), ring.find('default'), changes()], [['archive'], undefined, 2]);
  assert.deepEqual(names((await openRing()).ring), ['archive'], 'a withdrawn first key is not made anew');
  const warned = () => said.some((line) => line.includes('every account of this machine reads'));
  assert.equal(warned(), false);
  await chmod(path, 0o644);
  await openRing();
  assert.equal(warned(), true);
  assert.deepEqual(await readdir(folder), ['api-keys.json']);
});

test('KY1 a file that cannot be used changes nothing, is said once, and without what is in it', async () => {
  const { ring, changes } = await openRing();
  const [secret = ''] = secretsOf(ring, 'default');
  const good = await readFile(path, 'utf8');
  const bad = { 'is no JSON': good.replace('"secret"', 'secret'), 'is wrong': good.replace('"rooms"', '"room"') };
  for (const [what, text] of Object.entries(bad)) {
    said = [];
    await writeFile(path, text);
    await ring.refresh();
    await ring.refresh();
    assert.equal(said.length, 1, what);
    assert.match(said[0] ?? '', /"level":"error".*API keys in/);
    assert.ok(!said[0]?.includes(secret.slice(0, 8)), said[0]);
  }
  said = [];
  await rm(path);
  await ring.refresh();
  assert.match(said.join(), /file of API keys is gone/);
  assert.deepEqual([secretsOf(ring, 'default'), changes()], [[secret], 0]);
  await writeFile(path, bad['is wrong']);
  await assert.rejects(KeyRing.create(settings(), log), /wrong at keys\.0/, 'a start with it is refused');
});

test('KY3 after a rotation two secrets are good, the newest first, until the time of the old one is over', async () => {
  const { ring, changes } = await openRing();
  const [old = ''] = secretsOf(ring, 'default');
  await changeKeyFile(path, (keys) => rotateKey(keys, 'default', 2 * HOUR_MS, now));
  await ring.refresh();
  const [fresh = ''] = secretsOf(ring, 'default');
  assert.deepEqual([secretsOf(ring, 'default'), changes()], [[fresh, old], 1]);
  assert.notEqual(fresh, old);
  now += HOUR_MS;
  await changeKeyFile(path, (keys) => rotateKey(keys, 'default', 24 * HOUR_MS, now));
  await ring.refresh();
  const [third = ''] = secretsOf(ring, 'default');
  now += HOUR_MS - 1;
  assert.deepEqual(secretsOf(ring, 'default'), [third, fresh, old]);
  now += 1;
  assert.deepEqual(secretsOf(ring, 'default'), [third, fresh], 'a later rotation gives no more time');
  await ring.refresh();
  assert.equal(changes(), 3, 'its end is told, though the file is as it was');
  await changeKeyFile(path, (keys) => rotateKey(keys, 'default', 0, now));
  await ring.refresh();
  assert.equal(secretsOf(ring, 'default').length, 1, 'a rotation at once ends all that were before');
});

test('KY1 the key of the environment stands beside those of the file, and the pair of an earlier version is kept', async () => {
  const pair = { LIVEKIT_API_KEY: 'k', LIVEKIT_API_SECRET: 's'.repeat(32) };
  const { ring } = await openRing(pair);
  assert.deepEqual([names(ring), await readdir(folder)], [['k'], []], 'nothing is made beside it');
  await changeKeyFile(path, (keys) => addKey(keys, { name: 'archive', rooms: ['archive-*'] }));
  await ring.refresh();
  assert.deepEqual(names(ring), ['k', 'archive']);
  await assert.rejects(openRing({ ...pair, LIVEKIT_API_KEY: 'archive' }), /take it out of one/);
  await assert.rejects(openRing({ LIVEKIT_API_KEY: 'k' }), /belong together/);
  await writeFile(join(folder, 'livekit-key.json'), JSON.stringify({ key: 'APIx', secret: 'o'.repeat(43) }));
  const upgraded = (await openRing()).ring;
  assert.deepEqual([names(upgraded), secretsOf(upgraded, 'APIx')], [['archive', 'APIx'], ['o'.repeat(43)]]);
  assert.deepEqual(await readdir(folder), ['api-keys.json']);
});

test('KY6 WEBHOOK_URLS get what the first key gets that has every room', async () => {
  const hooks = async (more: object) =>
    (await readKeys(settings({ WEBHOOK_URLS: ' http://a/ ,http://b/', ...more }))).keys.map((k) => [
      k.name,
      k.webhooks,
    ]);
  await changeKeyFile(path, (keys) => addKey(keys, { name: 'archive', rooms: ['archive-*'], webhooks: ['http://c/'] }));
  assert.deepEqual(await hooks({}), [['archive', ['http://c/']]]);
  assert.deepEqual(await hooks({ LIVEKIT_API_KEY: 'k', LIVEKIT_API_SECRET: 's'.repeat(32) }), [
    ['k', ['http://a/', 'http://b/']],
    ['archive', ['http://c/']],
  ]);
});
