import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { DataChannelKind } from '../../../src/media/sfu/types.ts';
import { happens } from '../../support/happens.ts';
import { cleanup, type NativePeer } from '../../support/NativePeer.ts';
import { join, startSfu } from '../../support/startSfu.ts';
import { until } from '../../support/until.ts';

after(cleanup);

const text = (payload: Uint8Array) => Buffer.from(payload).toString();
const numbered = (n: number, size: number) => {
  const message = Buffer.alloc(size, n & 0xff);
  message.writeUInt32BE(n);
  return message;
};

/** What this peer's client got, by label. */
function inbox(peer: NativePeer) {
  const got: { label: string; payload: Buffer; from: string }[] = [];
  peer.on('data', (label, payload, from) => got.push({ label, payload, from }));
  return got;
}

for (const [dtls, ...labels] of [
  ['client', '_lossy', '_reliable', '_data_track'], // livekit-client
  ['client', '_reliable', '_lossy', '_data_track'], // rtc-node
  ['server', '_lossy', '_reliable', '_data_track'],
] as const)
  test(`channels that a DTLS ${dtls} opens as ${labels.join(', ')} carry data both ways`, async (t) => {
    const sfu = await startSfu(t, { workers: 1 });
    const client = await join(t, sfu.createRoom('r'), 'a', { publisher: true, dtls });
    const fromClient: [DataChannelKind, string][] = [];
    client.peer.on('data', (kind, payload) => fromClient.push([kind, text(payload)]));
    const got = inbox(client);
    assert.equal(client.peer.sendData('reliable', Buffer.from('early')), false, 'not open yet');
    const open = happens(client.peer, 'dataOpen');
    await client.openPublisher(labels);
    await open;
    assert.equal(client.peer.dataIsOpen, true);

    for (const label of labels) client.send(label, Buffer.from(`up ${label}`));
    await until('both kinds', () => fromClient.length === 2);
    assert.deepEqual(fromClient.sort(), [
      ['lossy', 'up _lossy'],
      ['reliable', 'up _reliable'],
    ]);
    assert.equal(client.peer.sendData('reliable', Buffer.from('down reliable')), true);
    assert.equal(client.peer.sendData('lossy', Buffer.from('down lossy')), true);
    await until('both kinds', () => got.length === 2);
    assert.deepEqual(got.map((m) => [m.label, text(m.payload), m.from]).sort(), [
      ['_lossy', 'down lossy', 'publisher'],
      ['_reliable', 'down reliable', 'publisher'],
    ]);
  });

test('a client without a lossy channel counts as open too, and lossy messages to it are dropped', async (t) => {
  const sfu = await startSfu(t, { workers: 1 });
  const client = await join(t, sfu.createRoom('r'), 'a', { publisher: true });
  const open = happens(client.peer, 'dataOpen');
  await client.openPublisher(['_reliable']);
  await open;
  assert.equal(client.peer.sendData('lossy', Buffer.from('x')), true);
  const got = inbox(client);
  client.peer.sendData('reliable', Buffer.from('y'));
  await until('the reliable one', () => got.length === 1);
});

for (const dtls of ['client', 'server'] as const)
  for (const publisher of [false, true])
    test(`a DTLS ${dtls} ${publisher ? 'who may publish' : 'of the audience'} gets data on channels that we open`, async (t) => {
      const sfu = await startSfu(t, { workers: 1 });
      const client = await join(t, sfu.createRoom('r'), 'a', { publisher, dataOn: 'subscriber', dtls });
      const got = inbox(client);
      const open = happens(client.peer, 'dataOpen');
      await client.subscribe();
      await open;
      if (publisher) await client.openPublisher();
      client.peer.sendData('reliable', Buffer.from('r'));
      client.peer.sendData('lossy', Buffer.from('l'));
      await until('both kinds', () => got.length === 2);
      assert.deepEqual(got.map((m) => [m.label, text(m.payload), m.from]).sort(), [
        ['_lossy', 'l', 'subscriber'],
        ['_reliable', 'r', 'subscriber'],
      ]);
    });

test('promotion in the middle of a stream of messages loses none, doubles none, and keeps their order', async (t) => {
  const sfu = await startSfu(t, { workers: 1 });
  const client = await join(t, sfu.createRoom('r'), 'a');
  const got = inbox(client);
  const open = happens(client.peer, 'dataOpen');
  await client.subscribe();
  await open;
  let n = 0;
  const timer = setInterval(() => client.peer.sendData('reliable', numbered(n++, 500)), 2);
  t.after(() => clearInterval(timer));
  await until('messages before', () => got.length > 50);
  const up: string[] = [];
  client.peer.on('data', (_kind, payload) => up.push(text(payload)));
  await client.openPublisher();
  await until('the promoted client can send', () => {
    const channel = client.channels.get('publisher _reliable');
    if (!channel?.isOpen()) return false;
    channel.sendMessageBinary(Buffer.from('hello'));
    return true;
  });
  await until('it is heard', () => up.includes('hello'));
  const at = got.length;
  await until('messages after', () => got.length > at + 50);
  clearInterval(timer);
  await until('all of them', () => got.length === n);
  assert.deepEqual(
    got.map((m) => m.payload.readUInt32BE()),
    Array.from({ length: n }, (_, i) => i),
  );
});

test('lossy messages in a burst all arrive on a good line, and 60,000 bytes fit in one', async (t) => {
  const sfu = await startSfu(t, { workers: 1 });
  const client = await join(t, sfu.createRoom('r'), 'a');
  const got = inbox(client);
  const open = happens(client.peer, 'dataOpen');
  await client.subscribe();
  await open;
  for (let i = 0; i < 300; i++) client.peer.sendData('lossy', numbered(i, 1000));
  await until('300 lossy ones', () => got.length === 300);
  client.peer.sendData('lossy', numbered(300, 60_000));
  await until('the large one', () => got.length === 301);
  assert.equal(got.at(-1)?.payload.length, 60_000);
});

test('reliable messages beyond the window wait and arrive in order; beyond the queue they are refused', async (t) => {
  const sfu = await startSfu(t, { workers: 1, settings: { limits: { reliableQueueBytes: 2_000_000 } } });
  const client = await join(t, sfu.createRoom('r'), 'a');
  const got = inbox(client);
  const open = happens(client.peer, 'dataOpen');
  await client.subscribe();
  await open;
  let taken = 0;
  while (client.peer.sendData('reliable', numbered(taken, 50_000))) taken++;
  assert.ok(
    taken >= 40 && taken <= 60,
    `${taken} of 50 kB were taken: a queue of 2 MB and what the worker has in hand`,
  );
  await until('all that were taken', () => got.length === taken, 20_000);
  assert.deepEqual(
    got.map((m) => m.payload.readUInt32BE()),
    Array.from({ length: taken }, (_, i) => i),
  );
  assert.equal(client.peer.sendData('reliable', numbered(taken, 10)), true, 'there is room again');
});

test('peers on different workers: both get data', async (t) => {
  const sfu = await startSfu(t);
  const room = sfu.createRoom('r');
  const [a, b] = await Promise.all([join(t, room, 'a'), join(t, room, 'b')]);
  assert.notEqual(a.peer.worker, b.peer.worker);
  for (const client of [a, b]) {
    const got = inbox(client);
    const open = happens(client.peer, 'dataOpen');
    await client.subscribe();
    await open;
    client.peer.sendData('reliable', Buffer.from(client.peer.id));
    await until('it', () => got.length === 1);
    assert.equal(text(got[0]?.payload ?? Buffer.alloc(0)), client.peer.id);
  }
});
