import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dispose, RoomEvent } from '@livekit/rtc-node';
import type { AirTime } from '../../../src/protocol/floor.ts';
import type { Layout } from '../../../src/protocol/programme.ts';
import type { ChannelClient } from '../../support/ChannelClient.ts';
import { joinMedia } from '../../support/joinMedia.ts';
import { Meeting } from '../../support/Meeting.ts';
import type { RtcClient } from '../../support/RtcClient.ts';
import { ServerProcess } from '../../support/ServerProcess.ts';
import { until } from '../../support/until.ts';

let server: ServerProcess;
let meeting: Meeting;
let pm: ChannelClient;
let moderator: ChannelClient;
let seats: ChannelClient[];
const media: RtcClient[] = [];
before(async () => {
  server = await ServerProcess.create();
  meeting = await Meeting.open(server);
  pm = await meeting.enter('Prime');
  moderator = await meeting.enter('moderator');
  seats = [await meeting.commune(0), await meeting.commune(1)];
  await pm.act('stage.goLive', {});
});
after(async () => {
  for (const client of media) await client.close();
  meeting?.close();
  await server?.close();
  await dispose();
});

const gallery = (most: 4 | 9 | 16): Layout => ({ kind: 'gallery', most });
const card = (text: string): Layout => ({ kind: 'card', text });
const layoutOf = (client: ChannelClient) => client.all('programme').at(-1)?.layout;

test('PN7 each choice is at every device at once, and first at whoever comes later', async (t) => {
  const devices = [pm, moderator, ...seats];
  const took: number[] = [];
  for (let i = 0; i < 40; i++) {
    const pressed = performance.now();
    const { seq } = await pm.act('programme.set', { layout: i % 2 === 0 ? gallery(4) : card(`Nghỉ ${i}`) });
    await Promise.all(devices.map((d) => d.heardOf('programme', (p) => p.seq === seq)));
    took.push(performance.now() - pressed);
  }
  took.sort((a, b) => a - b);
  t.diagnostic(`from press to all devices: p50 ${took[20]?.toFixed(0)} ms, p95 ${took[37]?.toFixed(0)} ms`);
  await pm.act('programme.set', { layout: gallery(9) });
  const late = await meeting.commune(2);
  const first = await late.heardOf('programme', () => true);
  assert.deepEqual(first.layout, gallery(9));
  late.close();
});

test('PN2, PN4 a seat or a moderator who is no producer is refused, and so is somebody who is not on stage', async () => {
  const solo: Layout = { kind: 'solo', who: { by: 'device', identity: 'nobody' } };
  assert.equal(await seats[0]?.refusal('programme.set', { layout: gallery(4) }), 'forbidden');
  assert.match((await moderator.refusal('programme.set', { layout: gallery(4) })) ?? '', /forbidden|outside-territory/);
  assert.equal(await pm.refusal('programme.set', { layout: solo }), 'not-connected');
  assert.equal(await pm.refusal('programme.set', { layout: { kind: 'gallery', most: 5 } as never }), 'bad-request');
});

test('PN8 who speaks is told as the one to show, and the principal before anybody has spoken', async () => {
  const [chair] = seats as [ChannelClient];
  await pm.act('programme.set', { layout: { kind: 'auto' } });
  const shown = (client: ChannelClient) => client.all('programme.speaker').at(-1)?.identity;
  await until('the principal is shown', () => shown(chair) === pm.identity);
  const call = await pm.act('call.start', { unit: chair.identity.split('.')[0] ?? '' });
  await chair.act('call.accept', { call: call.id });
  const speaker = await joinMedia(chair);
  media.push(speaker);
  await speaker.publishTone(440);
  for (const client of [pm, ...seats])
    await until('who speaks is shown', () => shown(client) === chair.identity, 20_000);
  await pm.act('call.end', { call: call.id });
  await until('the principal again', () => shown(chair) === pm.identity);
});

test('PN12, PN13, PN2 the item that runs is told to everybody, and marked by producers alone', async () => {
  const [chair] = seats as [ChannelClient];
  const opening = { nr: 1, title: 'Khai mạc' };
  assert.equal(await chair.refusal('programme.item', { item: opening }), 'forbidden');
  assert.equal(await pm.refusal('programme.item', { item: { nr: 1, title: 'Bế mạc' } }), 'conflict');
  const { seq, item } = await pm.act('programme.item', { item: opening });
  assert.equal(item?.title, 'Khai mạc');
  for (const device of [pm, moderator, ...seats])
    assert.deepEqual((await device.heardOf('programme', (p) => p.seq === seq)).item, item);
});

test('FL20 time on air is the same at every device and at whoever comes late, and a pause is none of it', async () => {
  const devices = [pm, moderator, ...seats];
  // Cards of the tests before have stopped it and let it go on.
  const [{ beforeMs: known } = { beforeMs: 0 }] = pm.all('floor.air').slice(-1);
  const allHear = async (fact: (air: AirTime) => boolean): Promise<AirTime> => {
    const isNew = (air: AirTime) => air.beforeMs > known && fact(air);
    const [air, ...others] = await Promise.all(devices.map((device) => device.heardOf('floor.air', isNew)));
    for (const other of others) assert.deepEqual(other, air);
    return air as AirTime;
  };
  await pm.act('stage.leave', {});
  const paused = await allHear(({ since }) => since === null);
  await pm.act('stage.goLive', {});
  const again = await allHear(({ since }) => since !== null);
  assert.equal(again.beforeMs, paused.beforeMs, 'the pause does not count');
  const late = await meeting.commune(2);
  assert.deepEqual(await late.heardOf('floor.air', () => true), again);
  late.close();
  await pm.act('stage.leave', {});
  await allHear(({ since, beforeMs }) => since === null && beforeMs > paused.beforeMs);
});

test('PN15 a card mutes who is on stage, wherever they are connected, and stops the time on air', async () => {
  const [chair] = seats as [ChannelClient];
  await pm.act('programme.set', { layout: { kind: 'auto' } });
  await pm.act('stage.goLive', {});
  const call = await pm.act('call.start', { unit: chair.identity.split('.')[0] ?? '' });
  await chair.act('call.accept', { call: call.id });
  const speaker = await joinMedia(chair);
  media.push(speaker);
  await speaker.publishTone(440);
  const listener = await joinMedia(seats[1] as ChannelClient);
  media.push(listener);
  await listener.listen(chair.identity);
  const before = pm.all('floor.air').length;
  await pm.act('programme.set', { layout: card('Nghỉ') });
  await listener.events.saw(RoomEvent.TrackMuted);
  await until('the time on air stops', () =>
    pm
      .all('floor.air')
      .slice(before)
      .some(({ since }) => since === null),
  );
  const stopped = pm.all('floor.air').length;
  await pm.act('programme.set', { layout: { kind: 'auto' } });
  await until('it goes on', () =>
    pm
      .all('floor.air')
      .slice(stopped)
      .some(({ since }) => since !== null),
  );
  await pm.act('call.end', { call: call.id });
  await pm.act('stage.leave', {});
});

test('PN7, PN12, FL20 kill -9: whoever comes back sees what all saw', async () => {
  const { seq } = await pm.act('programme.set', { layout: card('Nghỉ giải lao 10 phút') });
  // It may be told after the answer to who left the stage.
  const air = await until('the time on air stops', () => {
    const last = pm.all('floor.air').at(-1);
    return last?.since === null && last;
  });
  await server.kill();
  const heard = seats.map((s) => s.all('programme').length);
  const timed = seats.map((s) => s.all('floor.air').length);
  await server.start();
  for (const [i, seat] of seats.entries()) {
    await until('the channel is back', () => seat.all('programme').length > (heard[i] ?? 0), 30_000);
    assert.equal(seat.all('programme').at(-1)?.seq, seq);
    assert.equal(seat.all('programme').at(-1)?.item?.title, 'Khai mạc');
    assert.deepEqual(layoutOf(seat), card('Nghỉ giải lao 10 phút'));
    await until('the time on air is told', () => seat.all('floor.air').length > (timed[i] ?? 0));
    assert.deepEqual(seat.all('floor.air').at(-1), air);
  }
});
