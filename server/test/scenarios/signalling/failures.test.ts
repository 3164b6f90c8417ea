import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { dispose, RoomEvent } from '@livekit/rtc-node';
import type { Participant } from '../../../src/hall/index.ts';
import { Browser } from '../../support/Browser.ts';
import type { JsClient } from '../../support/JsClient.ts';
import type { OwnServer } from '../../support/OwnServer.ts';
import { RtcClient } from '../../support/RtcClient.ts';
import { freshRoom, Target } from '../../support/Target.ts';
import { until } from '../../support/until.ts';

let target: Target;
let node: OwnServer;
let browser: Browser;
const opened: { close(): Promise<void> }[] = [];
before(async () => {
  target = await Target.open();
  assert.ok(target.own, 'these tests look into the server');
  node = target.own;
  browser = await Browser.open();
});
afterEach(async () => {
  for (const client of opened.splice(0)) await client.close();
});
after(async () => {
  await browser.close();
  await target.close();
  await dispose();
});

async function rtc(room: string, identity: string): Promise<RtcClient> {
  const client = await RtcClient.join(target, { room, identity });
  opened.push(client);
  return client;
}
async function js(room: string, identity: string): Promise<JsClient> {
  const client = await browser.join(target, { room, identity, options: { singlePeerConnection: false } });
  opened.push(client);
  return client;
}
const inHall = (room: string, identity: string): Participant => {
  const participant = node.rooms.get(room)?.get(identity);
  assert.ok(participant, `${identity} is not in the hall`);
  return participant;
};

test('media that the server lost is resumed with new ICE credentials, and everything is kept', async () => {
  const room = freshRoom('media');
  const an = await js(room, 'an');
  const binh = await rtc(room, 'binh');
  const sid = await an.publishColour('red');
  await binh.publishColour('green');
  const eye = await binh.watch('an');
  await until('red', () => eye.colour === 'red');
  await an.sees('binh', 'green');
  const hall = inHall(room, 'an');
  const before = hall.peer.subscriber?.describe().iceUfrag;
  const since = await an.mark();
  // As the worker says it when nothing was heard of the peer for the consent time.
  hall.connection.media('subscriber', 'disconnected');
  await an.saw('reconnected', { since, ms: 20_000 });
  assert.equal(inHall(room, 'an'), hall, 'he is another participant');
  await until('new credentials', () => hall.peer.subscriber?.describe().iceUfrag !== before);
  hall.connection.media('subscriber', 'connected');
  assert.deepEqual([...hall.publications.keys()], [sid]);
  const { frames } = eye;
  await until('red goes on', () => eye.frames > frames + 5);
  await an.sees('binh', 'green');
});

test('a dead worker sends its own to reconnect; the others stay connected', async () => {
  const room = freshRoom('worker');
  const clients = await Promise.all(['an', 'binh', 'chi', 'dung'].map((identity) => rtc(room, identity)));
  const [victim] = clients;
  assert.ok(victim);
  const { worker } = inHall(room, 'an').peer;
  const dead = clients.filter((c) => inHall(room, c.me.identity).peer.worker === worker);
  const alive = clients.filter((c) => !dead.includes(c));
  assert.ok(dead.length > 0 && alive.length > 0);
  const marks = new Map(clients.map((c) => [c, c.events.mark]));
  const sids = new Map(clients.map((c) => [c, c.me.sid]));
  const { pid } = (await node.sfu.usage()).find((u) => u.worker === worker) ?? { pid: 0 };
  process.kill(pid, 'SIGKILL');
  for (const client of dead)
    await client.events.saw(RoomEvent.Reconnected, { since: marks.get(client) ?? 0, ms: 20_000 });
  for (const client of dead) {
    const { identity } = client.me;
    // A full reconnect makes another participant; a resume would have kept this one.
    assert.notEqual(inHall(room, identity).sid, sids.get(client), `${identity} only resumed`);
    // rtc-node tells of the reconnect first, and of the new one when the server's next word about it comes.
    await until(`${identity} knows his new sid`, () => client.me.sid === inHall(room, identity).sid);
  }
  await victim.publishColour('blue');
  for (const client of clients.filter((c) => c !== victim)) {
    const eye = await client.watch('an');
    await until(`blue at ${client.me.identity}`, () => eye.colour === 'blue');
  }
  for (const client of alive) {
    const own = client.events.all.slice(marks.get(client)).map((e) => e.name);
    assert.ok(!own.includes(RoomEvent.Reconnecting) && !own.includes(RoomEvent.Disconnected), `${own}`);
    assert.equal(client.me.sid, sids.get(client));
  }
});

test('a client that resumes learns who left meanwhile', async () => {
  const room = freshRoom('missed');
  const an = await js(room, 'an');
  const binh = await rtc(room, 'binh');
  await an.saw('participantConnected', { ms: 10_000 });
  const since = await an.mark();
  const hall = inHall(room, 'an');
  const { outlet } = hall;
  assert.ok(outlet);
  // What is said into a socket that nobody reads any more.
  outlet.update = () => {};
  await binh.close();
  await until('binh left', () => node.rooms.get(room)?.participants.size === 1);
  await new Promise((resolve) => setImmediate(resolve));
  await an.run(`room.simulateScenario('signal-reconnect')`);
  await an.saw('participantDisconnected', { since, ms: 15_000 });
});

test('draining sends everybody away, and takes nobody', async () => {
  const room = freshRoom('drain');
  const own = await Target.open();
  opened.push(own);
  const an = await RtcClient.join(own, { room, identity: 'an' });
  opened.unshift(an);
  const since = an.events.mark;
  await own.own?.rooms.drain(() => 100);
  await an.events.saw(RoomEvent.Reconnecting, { since });
  await assert.rejects(RtcClient.join(own, { room, identity: 'binh' }));
  assert.equal((await fetch(`${own.http}/rtc/validate?access_token=${await own.token('binh', room)}`)).status, 503);
  assert.equal(own.own?.rooms.get(room)?.participants.size ?? 0, 0);
});
