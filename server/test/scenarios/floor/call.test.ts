import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ChannelClient } from '../../support/ChannelClient.ts';
import { Meeting } from '../../support/Meeting.ts';
import { issueLinkFor } from '../../support/people.ts';
import { TestNode } from '../../support/TestNode.ts';
import { until } from '../../support/until.ts';

let node: TestNode;
let meeting: Meeting;
let pm: ChannelClient;
let moderator: ChannelClient;
let chair: ChannelClient;
let neighbour: ChannelClient;
before(async () => {
  node = await TestNode.create();
  meeting = await Meeting.open(node);
  [pm, moderator, chair, neighbour] = [
    await meeting.enter('Prime'),
    await meeting.enter('moderator'),
    await meeting.commune(0),
    await meeting.commune(1),
  ];
});
after(async () => {
  meeting?.close();
  await node?.close();
});
const unitOf = (client: ChannelClient) => client.identity.split('.')[0] ?? '';

test('FL12 the principal goes live, everybody sees him on stage and the briefing live', async () => {
  assert.equal(await pm.refusal('call.start', { unit: unitOf(chair) }), 'not-live');
  assert.equal(await chair.refusal('stage.goLive', {}), 'forbidden');
  await pm.act('stage.goLive', {});
  for (const client of [pm, moderator, chair, neighbour]) {
    await client.sees('the principal', (f) => f.speakers[0]?.seat.unit === 'vn');
    await client.heardOf('briefing', (b) => b.state === 'live');
  }
});

test('FN4 SC5 SC9 SC12 a call rings on every device of the unit; the first to accept is on stage until released', async () => {
  const second = await meeting.withSecret(await issueLinkFor(node, 'seat', unitOf(chair)));
  const call = await pm.act('call.start', { unit: unitOf(chair), seconds: 30 });
  assert.equal(call.state, 'ringing');
  for (const device of [chair, second]) await device.heardOf('call.ring', (c) => c.id === call.id);
  await moderator.sees('the call', (f) => f.calls[0]?.id === call.id);

  const accepted = await second.act('call.accept', { call: call.id });
  assert.equal(accepted.identity, second.identity);
  assert.equal(await chair.refusal('call.accept', { call: call.id }), 'conflict');
  await chair.heardOf('call.over', (c) => c.id === call.id && c.state === 'accepted');
  for (const client of [pm, moderator, chair, second, neighbour]) {
    await client.sees('the called seat on stage', (f) => f.speakers.some((s) => s.seat.identity === second.identity));
  }
  await pm.act('call.end', { call: call.id });
  await neighbour.sees('the stage without it', (f) => f.speakers.length === 1);
  await moderator.heardOf('call.over', (c) => c.id === call.id && c.state === 'ended');
  assert.deepEqual(neighbour.all('call.ring'), [], 'it rang nowhere else');
  assert.deepEqual(neighbour.all('call.over'), []);
  second.close();
});

test('SC6 a refusal reaches the caller with its words', async () => {
  const call = await moderator.act('call.start', { unit: unitOf(chair) });
  await chair.act('call.refuse', { call: call.id, why: 'chair-absent' });
  const over = await pm.heardOf('call.over', (c) => c.id === call.id);
  assert.deepEqual([over.state, over.why], ['refused', 'chair-absent']);
  assert.equal(await neighbour.refusal('call.refuse', { call: call.id, why: 'x' }), 'outside-territory');
});

test('SC3 SC7 nobody answers: timed out at the deadline and not before it, on record', async (t) => {
  const call = await pm.act('call.start', { unit: unitOf(chair), seconds: 5 });
  const over = await pm.heardOf('call.over', (c) => c.id === call.id, 30_000);
  assert.equal(over.state, 'timed-out');
  const late = Date.now() - Date.parse(call.deadline);
  assert.ok(late >= 0, `told ${-late} ms before the deadline`);
  t.diagnostic(`told ${late} ms after the deadline`);
  await chair.heardOf('call.over', (c) => c.id === call.id);
  assert.equal(await chair.refusal('call.accept', { call: call.id }), 'conflict');
});

test('SC2 a commune that is not there is on record at once', async () => {
  const unit = node.links.length > 0 ? '00001' : '';
  const { body } = await moderator.program.get('/api/units/search?q=phuong&limit=50');
  const absent = body.units
    .map((u: { code: string }) => u.code)
    .find((c: string) => ![unitOf(chair), unitOf(neighbour), unit].includes(c));
  const call = await pm.act('call.start', { unit: absent });
  assert.equal(call.state, 'not-connected');
  await moderator.heardOf('call.over', (c) => c.id === call.id && c.state === 'not-connected');
});

test('FN4 SC12 a device that connects while it rings hears the bell', async () => {
  const call = await pm.act('call.start', { unit: unitOf(chair) });
  const late = await meeting.withSecret(await issueLinkFor(node, 'seat', unitOf(chair)));
  await late.heardOf('call.ring', (c) => c.id === call.id);
  assert.equal((await pm.act('call.cancel', { call: call.id })).state, 'cancelled');
  await late.heardOf('call.over', (c) => c.id === call.id);
  late.close();
});

test('FN2 FN3 FL4 hands are seen by their unit and the officials above, in order', async () => {
  await neighbour.act('hand.raise', {});
  await chair.act('hand.raise', {});
  const units = [unitOf(neighbour), unitOf(chair)];
  for (const official of [pm, moderator]) {
    const { hands } = await official.sees('two hands', (f) => f.hands.length === 2);
    assert.deepEqual(
      hands.map((h) => h.seat.unit),
      units,
    );
  }
  const own = await chair.sees('its own hand', (f) => f.hands.length === 1);
  assert.equal(own.hands[0]?.seat.unit, unitOf(chair));

  await moderator.act('green.admit', { identity: chair.identity });
  await chair.sees('its own place', (f) => f.speakers.some((s) => s.place === 'green'));
  await pm.sees('the green room', (f) => f.speakers.some((s) => s.place === 'green'));
  assert.ok(!neighbour.places().includes('green'), 'not the neighbour');
  await moderator.act('green.checked', { identity: chair.identity, checked: true });
  await moderator.act('stage.promote', { identity: chair.identity });
  await chair.act('stage.take', {});
  await neighbour.sees('the chair on stage', (f) => f.speakers.length === 2);
  await moderator.act('seat.mute', { identity: chair.identity, muted: true });
  await neighbour.sees('that he is muted', (f) => f.speakers[1]?.muted === true);
  await moderator.act('stage.demote', { identity: chair.identity });
  await neighbour.sees('the principal alone', (f) => f.speakers.length === 1);
  await moderator.act('hand.lower', { identity: neighbour.identity });
  await neighbour.sees('no hand', (f) => f.hands.length === 0);
  const seqs = neighbour.all('floor').map((f) => f.seq);
  assert.deepEqual(
    seqs,
    [...seqs].sort((a, b) => a - b),
  );
  assert.equal(new Set(seqs).size, seqs.length, 'no floor is told twice');
});

test('FL59 FL21 who is invited in the first seconds of an absence reads the invitation when they are back', async () => {
  await chair.act('hand.raise', {});
  await moderator.sees('the hand', (f) => f.hands.length === 1);
  const heard = chair.all('floor').length;
  chair.socket.disconnect();
  await until('the chair is gone', async () => {
    const { rows } = await moderator.act('presence.list', { root: unitOf(chair), limit: 1 });
    return rows[0]?.state === 'gone';
  });
  await moderator.act('stage.promote', { identity: chair.identity });
  chair.socket.connect();
  await chair.connected();
  const { speakers } = await until('the chair hears of the floor', () => chair.all('floor')[heard]);
  const mine = speakers.find(({ seat }) => seat.identity === chair.identity);
  assert.equal(mine?.place, 'green', 'nobody is on air by an invitation');
  assert.equal(mine?.invited?.by, 'Ban Điều hành Thành phố Hồ Chí Minh');
  assert.equal(mine?.invited?.declined, false);
  await chair.act('stage.take', {});
  await neighbour.sees('the chair on stage', (f) => f.speakers.length === 2);
  await moderator.act('stage.demote', { identity: chair.identity });
});

test('FL11 a removed device is told, put out, and kept out', async () => {
  await moderator.act('seat.remove', { identity: neighbour.identity });
  await neighbour.heardOf('farewell', (f) => f.reason === 'removed');
  await assert.rejects(meeting.commune(1), /forbidden/);
});
