import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { ChannelClient } from '../../support/ChannelClient.ts';
import { Meeting } from '../../support/Meeting.ts';
import { issueLinkFor } from '../../support/people.ts';
import { TestNode } from '../../support/TestNode.ts';

/** In what was Bà Rịa – Vũng Tàu until June 2025, and in Cà Mau. */
const [VUNG_TAU, DAT_MUI] = ['26506', '32248'];

let node: TestNode;
let meeting: Meeting;
let pm: ChannelClient;
let leader: ChannelClient;
let commune: ChannelClient;
let merged: ChannelClient;
let stranger: ChannelClient;
before(async () => {
  node = await TestNode.create({ DEMO_TREE: '34' });
  meeting = await Meeting.open(node);
  const seat = async (unit: string) => meeting.withSecret(await issueLinkFor(node, 'seat', unit));
  pm = await meeting.enter('Prime');
  leader = await meeting.enter('moderator');
  commune = await meeting.commune(0);
  merged = await seat(VUNG_TAU);
  stranger = await seat(DAT_MUI);
  await pm.act('stage.goLive', {});
});
after(async () => {
  meeting?.close();
  await node?.close();
});

test('DE6 TR1 TR2 in the country of three tiers a province holds its session with the communes right below it, also with those of provinces that it has taken in', async () => {
  await leader.act('stage.open', { unit: '79' });
  for (const client of [commune, merged])
    await client.sees('the stage of its province', (floor) => floor.stage?.unit === '79');
  assert.equal(stranger.floor.stage, undefined);
  await leader.act('stage.close', { unit: '79' });
  for (const client of [commune, merged]) await client.sees('the nation', (floor) => !floor.stage);
});

test('DE6 TR10 TR12 TR13 the provinces break out and come back, and nothing below them does', async () => {
  const { open, empty } = await pm.act('stage.breakOut', { unit: 'vn' });
  assert.deepEqual([open, empty], [8, 7], 'those of the southern list, one of which has its official here');
  await merged.sees('its province', (floor) => floor.stage?.unit === '79');
  assert.equal(await leader.refusal('stage.breakOut', { unit: '79' }), 'not-found');
  await pm.act('stage.back', { unit: 'vn', seconds: 0 });
  await merged.sees('the nation', (floor) => !floor.stage);
  const { body } = await merged.program.get(`/api/briefings/${meeting.briefing}/shown/${VUNG_TAU}`);
  assert.deepEqual(
    body.shown.map(({ unit }: { unit: string | null }) => unit),
    [null, '79', null, '79', null],
  );
});

test('DE6 RC1 RC3 a roll-call asks every commune once, and is counted by province', async () => {
  const round = await pm.act('round.open', { key: randomUUID(), question: 'Có mặt?', scope: ['79'], seconds: 600 });
  assert.equal(round.expected, 168);
  for (const client of [commune, merged]) {
    await client.heardOf('round', (told) => told.round.id === round.id);
    await client.act('round.answer', { round: round.id, key: randomUUID(), answerer: 'chair' });
  }
  await pm.heardOf('round.tick', (tick) => tick.counts.some(({ unit, answered }) => unit === '79' && answered === 2));
  assert.equal(stranger.all('round').length, 0);
});

test('DE6 a unit is called by its name of today', async () => {
  const { body } = await pm.program.get('/api/units/search?q=vung%20tau%20ho%20chi%20minh');
  assert.equal(body.units[0]?.name, 'Phường Vũng Tàu');
  const call = await pm.act('call.start', { unit: body.units[0].code, seconds: 60 });
  await merged.heardOf('call.ring', ({ id }) => id === call.id);
  await pm.act('call.cancel', { call: call.id });
});
