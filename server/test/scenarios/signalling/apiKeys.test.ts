import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { AccessToken, RoomServiceClient, TokenVerifier, type VideoGrant } from 'livekit-server-sdk';
import {
  type ApiKey,
  addKey,
  changeKeyFile,
  KeyRing,
  rotateKey,
  withdrawKey,
} from '../../../src/edge/livekit/keys/index.ts';
import { createLogger } from '../../../src/observability/logger.ts';
import { OwnServer } from '../../support/OwnServer.ts';
import { SignalClient } from '../../support/SignalClient.ts';
import { until } from '../../support/until.ts';

const lines: string[] = [];
const log = createLogger('info', { write: (line) => void lines.push(line) });
let folder: string;
let keys: KeyRing;
let server: OwnServer;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dh-keys-'));
  keys = await KeyRing.create({ DATA_DIR: folder, WEBHOOK_URLS: '' }, log);
  await add('archive', 'archive-*', 'lobby');
  await add('other', 'other-*');
  server = await OwnServer.start({ workers: 1, keys, log });
});
after(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

async function change(how: (keys: readonly ApiKey[]) => readonly ApiKey[]): Promise<void> {
  await changeKeyFile(join(folder, 'api-keys.json'), how);
  await keys.refresh();
}
const add = (name: string, ...rooms: string[]) => change((all) => addKey(all, { name, rooms }));
const rotate = (name: string, overlapMs: number) => change((all) => rotateKey(all, name, overlapMs, Date.now()));
const secretOf = (name: string, at = 0) => keys.find(name)?.secrets[at]?.secret ?? '';

const everything: VideoGrant = {
  ...{ roomJoin: true, roomAdmin: true, roomCreate: true, roomList: true, roomRecord: true },
  ...{ hidden: true, recorder: true, agent: true, ingressAdmin: true, canUpdateOwnMetadata: true },
};
const sign = (name: string, room: string, secret = secretOf(name), grant: VideoGrant = {}): Promise<string> => {
  const token = new AccessToken(name, secret, { identity: `${name}-program`, ttl: 600 });
  token.addGrant({ roomJoin: true, room, ...grant });
  return token.toJwt();
};
const validate = async (token: string) =>
  (await fetch(`${server.url.replace(/^ws/, 'http')}/rtc/validate?access_token=${token}`)).status;
const services = (name: string) => new RoomServiceClient(server.api, name, secretOf(name));

test('KY2 a key that lacks a room has no right there, whatever its tokens grant', async () => {
  await services('other').createRoom({ name: 'other-1' });
  const service = services('archive');
  const calls: Record<string, () => Promise<unknown>> = {
    list: () => service.listParticipants('other-1'),
    get: () => service.getParticipant('other-1', 'x'),
    remove: () => service.removeParticipant('other-1', 'x'),
    mute: () => service.mutePublishedTrack('other-1', 'x', 'TR_x', true),
    update: () => service.updateParticipant('other-1', 'x', 'x', { hidden: true }),
    subscribe: () => service.updateSubscriptions('other-1', 'x', ['TR_x'], true),
    create: () => service.createRoom({ name: 'other-1' }),
    'create what is not there': () => service.createRoom({ name: 'lobby-2' }),
    delete: () => service.deleteRoom('other-1'),
    'delete what is not there': () => service.deleteRoom('nowhere'),
    metadata: () => service.updateRoomMetadata('other-1', 'x'),
    data: () => service.sendData('other-1', new Uint8Array([1]), 0, {}),
    move: () => service.moveParticipant('lobby', 'x', 'other-1'),
    forward: () => service.forwardParticipant('lobby', 'x', 'other-1'),
  };
  for (const [name, call] of Object.entries(calls))
    await assert.rejects(call(), { status: 403, code: 'permission_denied' }, name);
  assert.equal(await validate(await sign('archive', 'other-1', undefined, everything)), 403);
  await assert.rejects(SignalClient.open(server.url, await sign('archive', 'other-1', undefined, everything)), /403/);
});

test('KY2 it has its own rooms, and is told of no others', async () => {
  const service = services('archive');
  for (const name of ['archive-1', 'lobby']) await service.createRoom({ name });
  await services('other').createRoom({ name: 'other-2' });
  const listed = async (names?: string[]) => (await service.listRooms(names)).map(({ name }) => name).sort();
  assert.deepEqual(await listed(), ['archive-1', 'lobby']);
  assert.deepEqual(await listed(['other-2', 'lobby']), ['lobby']);
  assert.equal(await validate(await sign('archive', 'archive-1')), 200);
});

test('KY3 KY5 over a rotation a participant stays, and their next token is signed by the new secret of their key', async () => {
  const program = await SignalClient.open(server.url, await sign('other', 'other-3'));
  const first = await program.saw('refreshToken');
  const old = secretOf('other');
  await new TokenVerifier('other', old).verify(first);
  await rotate('other', 3_600_000);
  const next = await until('a token by the new secret', () => program.all('refreshToken')[1]);
  assert.equal((await new TokenVerifier('other', secretOf('other')).verify(next)).video?.room, 'other-3');
  for (const secret of [secretOf('other'), old])
    assert.equal(await validate(await sign('other', 'other-4', secret)), 200, 'both are good');
  // The same again, and then all that was before is over at once.
  const slow = await SignalClient.open(server.url, await sign('other', 'other-5', old));
  await until('it has a token by the new secret', () => slow.all('refreshToken')[0]);
  await change((all) => all.map((key) => ({ ...key, secrets: key.secrets.slice(0, 1) })));
  assert.equal(await validate(await sign('other', 'other-4', old)), 401, 'the old secret is over');
  assert.equal(await validate(first), 401, 'and so is what it signed');
  assert.equal(await validate(next), 200);
  assert.deepEqual([program.closed, slow.closed], [undefined, undefined]);
  await Promise.all([program.close(), slow.close()]);
});

test('KY4 by a rotation at once, a withdrawal, or rooms that are taken away, whoever came is out', async () => {
  const ends: Record<string, (name: string) => Promise<void>> = {
    rotated: (name) => rotate(name, 0),
    withdrawn: (name) => change((all) => withdrawKey(all, name)),
    narrowed: (name) => change((all) => all.map((key) => (key.name === name ? { ...key, rooms: ['x'] } : key))),
  };
  for (const [name, end] of Object.entries(ends)) {
    await add(name, `${name}-*`);
    const room = `${name}-1`;
    const other = await SignalClient.open(server.url, await sign('archive', 'archive-1'));
    const program = await SignalClient.open(server.url, await sign(name, room));
    const token = await program.saw('refreshToken');
    await end(name);
    await program.saw('leave');
    await program.ended();
    assert.equal(server.rooms.get(room)?.participants.size ?? 0, 0, name);
    assert.ok([401, 403].includes(await validate(token)), name);
    assert.equal(other.closed, undefined, 'no other key is touched');
    await other.close();
  }
});

test('KY4 a participant whose socket is away is out as well', async () => {
  await add('away', 'away-*');
  const program = await SignalClient.open(server.url, await sign('away', 'away-1'));
  await program.saw('join');
  await program.close();
  const [there] = server.rooms.get('away-1')?.participants ?? [];
  await until('its socket is gone', () => there && !there.outlet);
  await change((all) => withdrawKey(all, 'away'));
  assert.equal(server.rooms.get('away-1')?.participants.size ?? 0, 0);
});

test('KY7 each call is logged with the name of its key, also a refused one, and no secret is', async () => {
  await add('logged', 'logged-*');
  await services('logged').createRoom({ name: 'logged-1' });
  await assert.rejects(services('logged').deleteRoom('archive-1'));
  const program = await SignalClient.open(server.url, await sign('logged', 'logged-1'));
  await program.saw('join');
  await program.close();
  const of = lines.map((line) => JSON.parse(line)).filter(({ apiKey }) => apiKey === 'logged');
  assert.deepEqual(
    of.map(({ msg, call, rooms, identity }) => [msg, call ?? identity, rooms]),
    [
      ['RoomService call', 'CreateRoom', ['logged-1']],
      ['RoomService call refused', 'DeleteRoom', ['archive-1']],
      ['let in by an API key', 'logged-program', undefined],
    ],
  );
  for (const { secrets } of keys.all())
    for (const { secret } of secrets) assert.ok(!lines.some((line) => line.includes(secret)));
});

test('KY1 a token of a key that nobody gave, and one of a name that objects have, is none', async () => {
  for (const name of ['nobody', '__proto__', 'constructor', ''])
    assert.equal(await validate(await sign(name || 'x', 'r', randomBytes(32).toString('hex'))), 401, name);
});
