import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { AddTrackRequest, SessionDescription, TrackType } from '@livekit/protocol';
import { dispose } from '@livekit/rtc-node';
import { oneStage } from '../../../src/domain/shared/stages.ts';
import { JoinTokens } from '../../support/joinTokens.ts';
import { type OwnServer, ownKeys } from '../../support/OwnServer.ts';
import { RtcClient } from '../../support/RtcClient.ts';
import { SignalClient } from '../../support/SignalClient.ts';
import { freshRoom, Target } from '../../support/Target.ts';
import { until } from '../../support/until.ts';

let target: Target;
let node: OwnServer;
const tokens = new JoinTokens(ownKeys);
const seen: string[] = [];
const opened: { close(): Promise<void> }[] = [];
before(async () => {
  const limits = { publicationsPerPeer: 2, layersPerTrack: 1, sdpBytesPerSecond: 10_000, incomingBitrate: 8_000 };
  target = await Target.open({ settings: { limits } });
  assert.ok(target.own, 'these tests look into the server');
  node = target.own;
  node.hall.on('excess', ({ identity, what }) => seen.push(`${identity} ${what}`));
});
afterEach(async () => {
  for (const client of opened.splice(0)) await client.close();
});
after(async () => {
  await target.close();
  await dispose();
});

/** A room with one device on stage. */
async function stage(identity: string): Promise<{ room: string; identity: string; token: string }> {
  const room = freshRoom('limits');
  node.hall.openBriefing(room, oneStage('vn'), [{ identity, place: 'stage', muted: false }]);
  return { room, identity, token: await tokens.issueJoin({ room, identity, name: identity, attributes: {} }, {}) };
}
const noticed = (excess: string) => until(excess, () => seen.includes(excess));

test('FL17 a track too many is refused, and told', async () => {
  const client = await SignalClient.open(node.url, (await stage('an')).token);
  opened.push(client);
  await client.saw('join');
  for (const cid of ['a', 'b', 'c'])
    client.send({ case: 'addTrack', value: new AddTrackRequest({ cid, type: TrackType.AUDIO }) });
  await client.saw('requestResponse');
  await noticed('an tracks');
  assert.equal(client.all('trackPublished').length, 2);
});

test('FL17 too much SDP ends the socket, and is told', async () => {
  const client = await SignalClient.open(node.url, (await stage('binh')).token);
  opened.push(client);
  await client.saw('join');
  client.send({ case: 'offer', value: new SessionDescription({ type: 'offer', sdp: 'v=0\r\n'.repeat(30_000) }) });
  assert.deepEqual(await client.ended(), { code: 1008, reason: 'too much SDP' });
  await noticed('binh sdp');
});

test('FL17 a track with too many layers is refused, and told', async () => {
  const client = await RtcClient.join(target, await stage('chi'));
  opened.push(client);
  void client.publishColour('green', { width: 640, height: 360, simulcast: true }).catch(() => undefined);
  await noticed('chi layers');
  assert.equal([...node.rooms.list()].flatMap((room) => [...(room.get('chi')?.publications ?? [])]).length, 0);
});

test('FL17 who goes on to send more than is allowed is put out, and it is told', async () => {
  const { room, ...who } = await stage('dung');
  const client = await RtcClient.join(target, { room, ...who });
  opened.push(client);
  await client.publishColour('blue', { width: 640, height: 360 });
  const { sid } = node.rooms.get(room)?.get('dung') ?? {};
  await until('the measurement', () => seen.includes('dung bitrate'), 30_000);
  assert.notEqual(node.rooms.get(room)?.get('dung')?.sid, sid, 'it may join anew');
});
