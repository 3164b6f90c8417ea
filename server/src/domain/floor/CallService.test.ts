import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FloorWorld } from '../../../test/support/FloorWorld.ts';
import { otherDevice } from '../../../test/support/floorPeople.ts';
import { refuse } from '../../protocol/errors.ts';

const stateOf = async (w: FloorWorld) => (await w.store.calls(w.briefing)).map((c) => c.state);

test('SC1 only principals and moderators call, within their territory, in a live briefing', async () => {
  const w = new FloorWorld('open');
  await assert.rejects(w.calls.start(w.pm, '1', 30), { reason: 'not-live' });
  w.setState('live');
  await assert.rejects(w.calls.start(w.chair, '2', 30), { reason: 'forbidden' });
  await assert.rejects(w.calls.start(w.moderator, '9', 30), { reason: 'outside-territory' });
  await assert.rejects(w.calls.start(w.pm, '404', 30), { reason: 'not-found' });
  w.store.briefings.set(w.briefing, { id: w.briefing, state: 'live', stage: 'vn', scope: ['vn.79'], producers: [] });
  await assert.rejects(w.calls.start(w.pm, '9', 30), { reason: 'not-found' });
  assert.equal((await w.calls.start(w.moderator, '1', 30)).state, 'ringing');
});

test('SC2 a unit without a device is on record at once, and nothing rings', async () => {
  const w = new FloorWorld();
  w.disconnect(w.chair);
  const call = await w.calls.start(w.pm, '1', 30);
  assert.equal(call.state, 'not-connected');
  assert.equal(call.endedAt, call.ringingAt);
  assert.equal(w.alarms.length, 0);
  assert.deepEqual(w.live.get(w.briefing)?.calls, []);
  assert.deepEqual(await stateOf(w), ['not-connected']);
});

test('SC2 SC15 others are asked about a unit that is not here: it rings there, and where one is silent nothing is recorded', async () => {
  const w = new FloorWorld();
  const asked: string[] = [];
  w.elsewhere = (unit) => asked.push(unit) > 0;
  await w.calls.cancel(w.pm, (await w.calls.start(w.pm, '1', 30)).id);
  assert.deepEqual(asked, [], 'it is here');
  w.disconnect(w.chair);
  await assert.rejects(w.calls.leave(w.pm, '1'), { reason: 'conflict' });
  const there = await w.calls.start(w.pm, '1', 30);
  assert.equal(there.state, 'ringing');
  await w.calls.cancel(w.pm, there.id);
  const before = await stateOf(w);
  w.elsewhere = () => {
    throw refuse('store-unavailable', 'no answer from two');
  };
  await assert.rejects(w.calls.start(w.pm, '1', 30), { reason: 'store-unavailable' });
  await assert.rejects(w.calls.leave(w.pm, '1'), { reason: 'store-unavailable' });
  assert.deepEqual(await stateOf(w), before);
});

test('SC3 SC7 SC10 at the deadline the call is over, by the clock of the store', async () => {
  const w = new FloorWorld();
  const call = await w.calls.start(w.pm, '1', 30);
  assert.equal(Date.parse(call.deadline) - Date.parse(call.ringingAt), 30_000);
  w.later(29.999);
  await w.calls.timeOut(w.briefing, call.id);
  assert.deepEqual(await stateOf(w), ['ringing'], 'an early wake changes nothing');
  w.later(0.001);
  await assert.rejects(w.calls.accept(w.chair, call.id), { reason: 'conflict' });
  await w.calls.timeOut(w.briefing, call.id);
  assert.deepEqual(await stateOf(w), ['timed-out']);
  const seq = w.seq();
  await w.calls.timeOut(w.briefing, call.id);
  assert.equal(w.seq(), seq, 'once');
  await assert.rejects(w.calls.refuse(w.chair, call.id, 'late'), { reason: 'conflict' });
  assert.equal(w.places(), '');
});

test('SC4 busy while called or on stage; the same caller gets their own call again', async () => {
  const w = new FloorWorld();
  const call = await w.calls.start(w.pm, '1', 30);
  assert.deepEqual(await w.calls.start(w.pm, '1', 30), call);
  await assert.rejects(w.calls.start(w.moderator, '1', 30), { reason: 'busy' });
  await w.calls.accept(w.chair, call.id);
  await assert.rejects(w.calls.start(w.pm, '1', 30), { reason: 'busy' });
  await w.calls.end(w.pm, call.id);
  assert.notEqual((await w.calls.start(w.moderator, '1', 30)).id, call.id);
  await w.bring(w.pm, w.neighbour);
  await assert.rejects(w.calls.start(w.pm, '2', 30), { reason: 'busy' });
});

test('SC5 SC12 the first device that accepts is on stage, by one order and not before', async () => {
  const w = new FloorWorld();
  const second = otherDevice(w.chair);
  w.connect(second);
  await w.floor.raiseHand(w.chair);
  const call = await w.calls.start(w.pm, '1', 30);
  assert.deepEqual(w.takeOrders(), []);
  w.later(7);
  const answers = await Promise.allSettled([w.calls.accept(w.chair, call.id), w.calls.accept(second, call.id)]);
  assert.deepEqual(
    answers.map((a) => a.status),
    ['fulfilled', 'rejected'],
  );
  assert.equal(w.places(), '1:stage');
  assert.deepEqual(w.hands(), []);
  assert.deepEqual(w.takeOrders(), [{ identity: w.chair.seat.identity, place: 'stage', muted: false }]);
  const again = await w.calls.accept(w.chair, call.id);
  assert.equal(Date.parse(again.answeredAt ?? '') - Date.parse(again.ringingAt), 7_000);
  await assert.rejects(w.calls.accept(w.neighbour, call.id), { reason: 'outside-territory' });
});

test('SC6 any device of the unit refuses in its own words', async () => {
  const w = new FloorWorld();
  const call = await w.calls.start(w.moderator, '1', 30);
  const refused = await w.calls.refuse(otherDevice(w.chair), call.id, 'chair-absent');
  assert.equal(refused.state, 'refused');
  assert.equal(refused.why, 'chair-absent');
  assert.equal((await w.calls.refuse(w.chair, call.id, 'another word')).why, 'chair-absent');
  await assert.rejects(w.calls.accept(w.chair, call.id), { reason: 'conflict' });
  await assert.rejects(w.calls.refuse(w.neighbour, call.id, 'not mine'), { reason: 'outside-territory' });
});

test('SC8 a ringing call is cancelled, an answered one is not', async () => {
  const w = new FloorWorld();
  const first = await w.calls.start(w.pm, '1', 30);
  await assert.rejects(w.calls.end(w.pm, first.id), { reason: 'conflict' });
  await assert.rejects(w.calls.cancel(w.moderator, first.id), { reason: 'forbidden' });
  assert.equal((await w.calls.cancel(w.pm, first.id)).state, 'cancelled');
  assert.equal((await w.calls.cancel(w.pm, first.id)).state, 'cancelled');
  const second = await w.calls.start(w.pm, '1', 30);
  await w.calls.accept(w.chair, second.id);
  await assert.rejects(w.calls.cancel(w.pm, second.id), { reason: 'conflict' });
  await assert.rejects(w.calls.cancel(w.chair, second.id), { reason: 'forbidden' });
});

test('SC9 released: off stage, to the audience; by the caller or by the unit itself', async () => {
  const w = new FloorWorld();
  for (const who of [w.pm, w.chair]) {
    const call = await w.calls.start(w.pm, '1', 30);
    await w.calls.accept(w.chair, call.id);
    w.takeOrders();
    assert.equal((await w.calls.end(who, call.id)).state, 'ended');
    assert.equal((await w.calls.end(who, call.id)).state, 'ended');
    assert.equal(w.places(), '');
    assert.deepEqual(w.takeOrders(), [{ identity: w.chair.seat.identity, place: 'audience', muted: false }]);
  }
  await assert.rejects(w.calls.end(w.pm, '5b0ae6a5-0000-4000-8000-000000000000'), { reason: 'not-found' });
});

test('SC17 a moderator neither cancels nor ends what the principal began, by whatever act; their own call they do', async () => {
  const w = new FloorWorld();
  const { identity } = w.chair.seat;
  const ringing = await w.calls.start(w.pm, '1', 30);
  await assert.rejects(w.calls.cancel(w.moderator, ringing.id), { reason: 'forbidden' });
  await w.calls.accept(w.chair, ringing.id);
  await assert.rejects(w.calls.end(w.moderator, ringing.id), { reason: 'forbidden' });
  for (const to of ['green', 'audience'] as const)
    await assert.rejects(w.floor.demote(w.moderator, identity, to), { reason: 'forbidden' });
  await assert.rejects(w.floor.remove(w.moderator, identity, null), { reason: 'forbidden' });
  assert.equal(w.places(), '1:stage');
  await w.floor.mute(w.moderator, identity, true);
  await w.floor.demote(w.pm, identity, 'audience');
  const own = await w.calls.start(w.moderator, '1', 30);
  await w.calls.accept(w.chair, own.id);
  await w.floor.demote(w.moderator, identity, 'audience');
  assert.equal(w.places(), '');
});

test('SC9 FL9 demoting a called seat ends its call', async () => {
  const w = new FloorWorld();
  const call = await w.calls.start(w.pm, '1', 30);
  await w.calls.accept(w.chair, call.id);
  await w.floor.demote(w.pm, w.chair.seat.identity, 'green');
  assert.equal(w.places(), '1:green');
  assert.deepEqual(await stateOf(w), ['ended']);
  assert.equal((await w.calls.end(w.pm, call.id)).state, 'ended');
  assert.equal(w.places(), '1:green', 'ending it again does not touch the new stay');
});

test('SC11 who, whom, when, how it ended and why', async () => {
  const w = new FloorWorld();
  const call = await w.calls.start(w.pm, '1', 45);
  w.later(3);
  await w.calls.refuse(w.chair, call.id, 'no-picture-or-sound');
  const [record] = await w.store.calls(w.briefing);
  assert.deepEqual(record?.caller, { account: w.pm.account.id, name: w.pm.account.name, role: 'principal' });
  assert.equal(record?.unitName, 'Unit 1');
  assert.equal(Date.parse(record?.answeredAt ?? '') - Date.parse(record?.ringingAt ?? ''), 3_000);
  assert.deepEqual(
    w.store.records.map((r) => [r.act, r.account]),
    [
      ['call.start', w.pm.account.id],
      ['call.refuse', w.chair.account.id],
    ],
  );
});

test('SC15 who looks for a unit that is not here leaves word; where a device has come, nothing rings unasked', async () => {
  const w = new FloorWorld();
  await assert.rejects(w.calls.leave(w.pm, '1'), { reason: 'conflict' });
  w.disconnect(w.chair);
  const call = await w.calls.leave(w.pm, '1');
  assert.equal(call.state, 'not-connected');
  assert.deepEqual(w.alarms, []);
  await assert.rejects(w.calls.leave(w.chair, '1'), { reason: 'forbidden' });
  assert.deepEqual(
    (await w.calls.list(w.pm.account, w.briefing)).map(({ id }) => id),
    [call.id],
  );
});

test('SC16 what was missed is told to the unit until one of its devices has shown it, once, also after the briefing', async () => {
  const w = new FloorWorld();
  w.disconnect(w.chair);
  const { id } = await w.calls.leave(w.pm, '1');
  w.connect(w.chair);
  const refused = await w.calls.start(w.pm, '1', 30);
  await w.calls.refuse(w.chair, refused.id, 'chair-absent');
  const missed = async () => (await w.calls.missed(w.chair.account)).map((call) => call.id);
  assert.deepEqual(await missed(), [id]);
  assert.deepEqual(await w.calls.missed(w.neighbour.account), []);
  await assert.rejects(w.calls.see(w.neighbour.account, 'other', id), { reason: 'outside-territory' });
  await assert.rejects(w.calls.see(w.chair.account, 'x', refused.id), { reason: 'conflict' });
  w.setState('closed');
  w.later(60);
  await w.calls.see(w.chair.account, w.chair.seat.identity, id);
  await w.calls.see(w.chair.account, 'a later device', id);
  assert.deepEqual(await missed(), []);
  const [, first] = await w.calls.list(w.pm.account, w.briefing);
  const { identity, name } = w.chair.seat;
  assert.deepEqual(first?.seen, { at: '2026-09-02T07:01:00.000Z', identity, name });
  assert.equal(w.store.records.filter((r) => r.act === 'call.seen').length, 1);
});

test('SC16 a unit that lies elsewhere in the tree by now has still missed its call, and shows that it was seen', async () => {
  const w = new FloorWorld();
  w.disconnect(w.chair);
  const { id } = await w.calls.leave(w.pm, '1');
  Object.assign(w.chair.account.unit, { path: 'vn.01.001.1' });
  assert.equal((await w.calls.missed(w.chair.account)).length, 1);
  await w.calls.see(w.chair.account, w.chair.seat.identity, id);
  assert.deepEqual(await w.calls.missed(w.chair.account), []);
});

test('FG58 a call from a selection says so, on record and at the unit; a unit that is not in it is not called so', async () => {
  const w = new FloorWorld();
  const selection = '0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f';
  await assert.rejects(w.calls.start(w.pm, '1', 30, selection), { reason: 'not-found' });
  w.chosen.set(selection, ['1']);
  const call = await w.calls.start(w.pm, '1', 30, selection);
  assert.equal(call.selection, selection);
  assert.equal((await w.calls.accept(w.chair, call.id)).selection, selection);
  await assert.rejects(w.calls.start(w.pm, '2', 30, selection), { reason: 'not-found' });
});
