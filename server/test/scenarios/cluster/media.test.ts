import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { dispose, RoomEvent } from '@livekit/rtc-node';
import { Browser } from '../../support/Browser.ts';
import type { JsClient, JsJoinOptions } from '../../support/JsClient.ts';
import { LinkedServers } from '../../support/LinkedServers.ts';
import { NativeClient } from '../../support/NativeClient.ts';
import { cleanup } from '../../support/NativePeer.ts';
import { RtcClient } from '../../support/RtcClient.ts';
import { freshRoom } from '../../support/Target.ts';
import { until } from '../../support/until.ts';

let nodes: LinkedServers;
let browser: Browser;
const open: { close(): Promise<void> }[] = [];
before(async () => {
  nodes = await LinkedServers.start(2);
  browser = await Browser.open();
});
afterEach(async () => {
  for (const client of open.splice(0)) await client.close();
});
after(async () => {
  await browser?.close();
  await nodes?.close();
  await dispose();
  cleanup();
});

const own = <T extends { close(): Promise<void> }>(client: T): T => {
  open.push(client);
  return client;
};
const js = async (at: number, room: string, identity: string, join: Partial<JsJoinOptions> = {}): Promise<JsClient> =>
  own(await browser.join(nodes.at(at), { room, identity, ...join }));
const rtc = async (at: number, room: string, identity: string): Promise<RtcClient> =>
  own(await RtcClient.join(nodes.at(at), { room, identity }));

test('ND1, ND4 a browser sees and hears who publishes at another node, muted, again, and no more', async () => {
  const room = freshRoom('pipes');
  const [an, chi] = await Promise.all([js(0, room, 'an'), rtc(0, room, 'chi')]);
  const binh = await js(1, room, 'binh');
  const native = own(await NativeClient.join(nodes.at(1), { room, identity: 'dung', dtls: 'server' }));
  await an.publishColour('red');
  await an.publishTone(440);
  await chi.publishColour('blue');
  await Promise.all([binh.sees('an', 'red'), binh.hears('an', 440), binh.sees('chi', 'blue')]);
  await until('packets at the native client', () => [...native.packets.values()].filter((n) => n > 20).length >= 3);
  await until('who speaks is told', async () =>
    (await binh.events('activeSpeakersChanged')).some(([speakers]) => speakers.length > 0),
  );
  const { sfu } = nodes.at(0);
  assert.equal(sfu.pipes.exports.size, 3, 'each track crosses once, however many watch');

  const since = await binh.mark();
  await an.run(`await room.localParticipant.getTrackPublications().find((p) => p.kind === 'video').mute()`);
  await binh.saw('trackMuted', { since });
  await an.run(`await room.localParticipant.getTrackPublications().find((p) => p.kind === 'video').unmute()`);
  await binh.saw('trackUnmuted', { since });
  await binh.sees('an', 'red');

  await an.run(
    `await room.localParticipant.unpublishTrack(room.localParticipant.getTrackPublications().find((p) => p.kind === 'video').track)`,
  );
  await binh.saw('trackUnpublished', { since });
  await binh.hears('an', 440);
  await an.close();
  await binh.saw('participantDisconnected', { since });
  await until('its pipes are gone', () => sfu.pipes.exports.size === 1);
});

test('ND4 a publisher whom nobody at their node watches sends what viewers elsewhere want', async () => {
  const room = freshRoom('pipes');
  const an = await js(0, room, 'an', { options: { dynacast: true } });
  const binh = await rtc(1, room, 'binh');
  await an.publishColour('green', { simulcast: true });
  const eye = await binh.watch('an');
  await until('green', () => eye.colour === 'green');
  const publication = [...(nodes.at(0).rooms.get(room)?.get('an')?.publications.values() ?? [])][0];
  await until('a layer is wanted', () => (publication?.demand.top ?? -1) >= 0);
  await an.saw('localTrackSubscribed');
  await binh.close();
  await until('none is wanted', () => publication?.demand.top === -1, 20_000);
});

test('ND3 the node of a viewer dies, and who publishes goes on; the node of a publisher dies, and they are gone', async () => {
  const third = await nodes.add();
  const index = nodes.all.indexOf(third);
  const room = freshRoom('pipes');
  const an = await rtc(0, room, 'an');
  const binh = await rtc(1, room, 'binh');
  const lost = await js(index, room, 'lost');
  await an.publishColour('red');
  await lost.publishColour('blue');
  const [eye, other] = [await binh.watch('an'), await binh.watch('lost')];
  await until('both pictures', () => eye.colour === 'red' && other.colour === 'blue');
  await nodes.kill(index);
  await binh.events.saw(RoomEvent.ParticipantDisconnected, { where: (p) => p.identity === 'lost' });
  await an.events.saw(RoomEvent.ParticipantDisconnected, { where: (p) => p.identity === 'lost' });
  const before = eye.frames;
  await until('the picture goes on', () => eye.frames > before + 10 && eye.colour === 'red');
});

test('ND9 data and RPC reach an identity at whatever node, and nobody else where they name one', async () => {
  const room = freshRoom('pipes');
  const an = await js(0, room, 'an');
  const [binh, chi, dung] = await Promise.all([rtc(1, room, 'binh'), rtc(0, room, 'chi'), rtc(1, room, 'dung')]);
  await until('they see each other', () => binh.remote('an') && binh.remote('chi') && chi.remote('dung'));
  for (let i = 0; i < 20; i++) await chi.say(`${i}`);
  await chi.say('for dung', { reliable: true, destination_identities: ['dung'] });
  await chi.say('the end');
  const all = [...Array.from({ length: 20 }, (_, i) => `chi>${i}`)];
  await until('all of it', () => dung.messages.includes('chi>the end') && binh.messages.includes('chi>the end'));
  assert.deepEqual(dung.messages, [...all, 'chi>for dung', 'chi>the end']);
  assert.deepEqual(binh.messages, [...all, 'chi>the end']);
  await an.saw('dataReceived', { where: (text) => text === 'the end' });

  await an.run(`room.registerRpcMethod('echo', async (d) => 'an<' + d.callerIdentity + ':' + d.payload)`);
  dung.me.registerRpcMethod('echo', async (d) => `dung<${d.callerIdentity}:${d.payload}`);
  const call = { destinationIdentity: 'dung', method: 'echo', payload: 'x' };
  assert.equal(await an.run(`return room.localParticipant.performRpc(arg)`, call), 'dung<an:x');
  assert.equal(await dung.me.performRpc({ ...call, destinationIdentity: 'an' }), 'an<dung:x');
});
