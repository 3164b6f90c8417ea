import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FloorWorld } from '../../../test/support/FloorWorld.ts';
import { person } from '../../../test/support/floorPeople.ts';
import { refuse } from '../../protocol/errors.ts';
import type { Hand } from '../../protocol/floor.ts';
import { MOST_HANDS } from '../../protocol/limits.ts';
import { AWAY_AFTER_MS } from './HandsAway.ts';
import { demandPlaceInQueue } from './stageActs.ts';

const id = (actor: { seat: { identity: string } }) => actor.seat.identity;

test('FL1 an act that changes nothing raises no seq and leaves no record', async () => {
  const w = new FloorWorld();
  await w.floor.raiseHand(w.chair);
  assert.equal(w.seq(), 1);
  await w.floor.raiseHand(w.chair);
  await w.floor.lowerHand(w.neighbour);
  await w.floor.demote(w.pm, id(w.neighbour), 'audience');
  assert.equal(w.seq(), 1);
  assert.deepEqual(
    w.store.records.map((r) => r.act),
    ['hand.raise'],
  );
});

test('FL3 hands need open doors, the stage a live briefing', async () => {
  const w = new FloorWorld('scheduled');
  await assert.rejects(w.floor.raiseHand(w.chair), { reason: 'not-live' });
  w.setState('open');
  await w.floor.raiseHand(w.chair);
  await w.floor.admit(w.moderator, id(w.chair));
  await assert.rejects(w.floor.promote(w.moderator, id(w.chair)), { reason: 'not-live' });
  w.setState('closed');
  for (const act of [
    w.floor.raiseHand(w.neighbour),
    w.floor.mute(w.moderator, id(w.chair), true),
    w.floor.goLive(w.pm),
    w.floor.promote(w.moderator, id(w.chair)),
  ]) {
    await assert.rejects(act, { reason: 'briefing-closed' });
  }
});

test('FL4 the queue keeps the order of raising; raising again keeps the place', async () => {
  const w = new FloorWorld();
  for (const actor of [w.neighbour, w.foreigner, w.chair]) {
    await w.floor.raiseHand(actor);
    w.later(1);
  }
  await w.floor.raiseHand(w.neighbour);
  assert.deepEqual(w.hands(), ['2', '9', '1']);
  await w.floor.lowerHand(w.foreigner);
  await w.floor.lowerHand(w.moderator, id(w.neighbour));
  assert.deepEqual(w.hands(), ['1']);
  await assert.rejects(w.floor.lowerHand(w.neighbour, id(w.chair)), { reason: 'forbidden' });
});

test('FL4 a queue that is full takes nobody more until a hand is down, and asks no store to say so', async (t) => {
  const w = new FloorWorld();
  const units = Array.from({ length: MOST_HANDS.onStage + 1 }, (_, nr) => person(w.briefing, 'seat', `vn.79.${nr}`));
  const [first, last] = [units[0], units.at(-1)];
  assert.ok(first && last);
  for (const unit of units.slice(0, -1)) await w.floor.raiseHand(unit);
  const asked = t.mock.method(w.store, 'change');
  await assert.rejects(w.floor.raiseHand(last), { reason: 'busy' });
  assert.equal(asked.mock.callCount(), 0);
  const [{ hands }, other] = [w.live.get(w.briefing) ?? { hands: [] }, 'vn.01'];
  demandPlaceInQueue({ hands }, id(last), other);
  const all = Array.from({ length: MOST_HANDS.inAll }, (_, nr) => ({ ...hands[0], seat: units[nr % 300]?.seat }));
  const full = { hands: all.map((hand, nr) => ({ ...hand, stage: `vn.${nr}` }) as Hand) };
  assert.throws(
    () => demandPlaceInQueue(full, id(last), other),
    { reason: 'busy' },
    'nor are there more on all stages',
  );
  await w.floor.raiseHand(first);
  await w.floor.lowerHand(first);
  await w.floor.raiseHand(last);
  assert.equal(w.hands().length, MOST_HANDS.onStage);
});

test('FL5 the green room takes the hand down, and nobody there raises one', async () => {
  const w = new FloorWorld();
  await w.floor.raiseHand(w.chair);
  await w.floor.admit(w.moderator, id(w.chair));
  assert.deepEqual(w.hands(), []);
  await w.floor.raiseHand(w.chair);
  assert.deepEqual(w.hands(), []);
});

test('FL6 any device of the territory that is there may be admitted, another not', async () => {
  const w = new FloorWorld();
  await w.floor.admit(w.moderator, id(w.neighbour));
  assert.equal(w.places(), '2:green');
  await w.floor.admit(w.moderator, id(w.neighbour));
  await assert.rejects(w.floor.admit(w.moderator, id(w.foreigner)), { reason: 'outside-territory' });
  await assert.rejects(w.floor.admit(w.moderator, 'nobody'), { reason: 'not-connected' });
  await assert.rejects(w.floor.admit(w.chair, id(w.neighbour)), { reason: 'forbidden' });
  await w.bring(w.moderator, w.neighbour);
  await assert.rejects(w.floor.admit(w.moderator, id(w.neighbour)), { reason: 'conflict' });
});

test('FL59 a hand whose device is not connected is not invited and keeps its place', async () => {
  const w = new FloorWorld();
  await w.floor.raiseHand(w.chair);
  await w.floor.raiseHand(w.neighbour);
  const { hands } = w.live.get(w.briefing) ?? { hands: [] };
  const look = (elapsed: number, connected: boolean) =>
    w.live.handsAway.look(w.briefing, hands, (identity) => connected || identity !== id(w.chair), elapsed);
  look(0, false);
  look(AWAY_AFTER_MS, false);
  await assert.rejects(w.floor.promote(w.moderator, id(w.chair)), { reason: 'hand-away' });
  await assert.rejects(w.floor.admit(w.pm, id(w.chair)), { reason: 'hand-away' });
  await assert.rejects(w.floor.promote(w.foreigner, id(w.chair)), { reason: 'forbidden' });
  assert.deepEqual([w.hands(), w.places()], [['1', '2'], '']);
  await w.floor.promote(w.moderator, id(w.neighbour));
  look(AWAY_AFTER_MS + 1, true);
  await w.floor.promote(w.moderator, id(w.chair));
  assert.deepEqual([w.hands(), w.places()], [[], '2:green 1:green']);
  look(AWAY_AFTER_MS + 2, false);
  await w.floor.lowerHand(w.moderator, id(w.chair));
});

test('FL7 checked belongs to one stay in the green room', async () => {
  const w = new FloorWorld();
  const checked = () => w.live.get(w.briefing)?.speakers[0]?.checked;
  await w.floor.admit(w.moderator, id(w.chair));
  assert.equal(checked(), false);
  await w.floor.setChecked(w.moderator, id(w.chair), true);
  await w.bring(w.moderator, w.chair);
  assert.equal(checked(), true);
  await w.floor.demote(w.moderator, id(w.chair), 'green');
  assert.equal(checked(), false);
  await assert.rejects(w.floor.setChecked(w.moderator, id(w.neighbour), true), { reason: 'not-found' });
});

test('FL8 FL9 on and off stage, one order each', async () => {
  const w = new FloorWorld();
  const identity = id(w.chair);
  await w.floor.admit(w.moderator, identity);
  await w.bring(w.moderator, w.chair);
  await w.bring(w.moderator, w.chair);
  await w.bring(w.moderator, w.neighbour);
  await w.floor.demote(w.moderator, identity, 'green');
  await w.floor.demote(w.moderator, identity, 'audience');
  assert.equal(w.places(), '2:stage');
  assert.deepEqual(
    w.takeOrders().map((o) => (typeof o === 'string' ? o : `${o.identity === identity ? 1 : 2}:${o.place}`)),
    ['1:green', '1:stage', '2:green', '2:stage', '1:green', '1:audience'],
  );
});

test('FL8 FL21 nobody is put on air unasked: who is invited waits until they take the place', async () => {
  const w = new FloorWorld();
  const invited = () => w.live.get(w.briefing)?.speakers[0]?.invited;
  await assert.rejects(w.floor.takePlace(w.chair), { reason: 'conflict' });
  await w.floor.admit(w.moderator, id(w.chair));
  await assert.rejects(w.floor.takePlace(w.chair), { reason: 'conflict' });
  await w.floor.promote(w.moderator, id(w.chair));
  assert.equal(w.places(), '1:green');
  assert.deepEqual(invited(), { by: w.moderator.account.name, at: w.now.toISOString(), declined: false });
  await w.floor.demote(w.moderator, id(w.chair), 'green');
  assert.equal(invited(), undefined, 'it is taken back');
  await assert.rejects(w.floor.takePlace(w.chair), { reason: 'conflict' });
  await w.floor.promote(w.moderator, id(w.chair));
  await w.floor.takePlace(w.chair);
  assert.equal(w.places(), '1:stage');
  assert.equal(invited(), undefined);
  const { seq } = w.live.get(w.briefing) ?? {};
  await w.floor.takePlace(w.chair);
  assert.equal(w.live.get(w.briefing)?.seq, seq);
  await w.floor.promote(w.moderator, id(w.neighbour));
  assert.equal(w.places(), '1:stage 2:green', 'from the audience too');
  const air = w
    .takeOrders()
    .filter((o) => typeof o !== 'string' && o.identity === id(w.neighbour) && o.place === 'stage');
  assert.deepEqual(air, [], 'the media server is ordered nothing before');
});

test('FL21 who declines stays off the air, and is seen to have declined until invited anew', async () => {
  const w = new FloorWorld();
  const invited = () => w.live.get(w.briefing)?.speakers[0]?.invited;
  await w.floor.promote(w.pm, id(w.chair));
  await w.floor.decline(w.chair);
  assert.deepEqual([w.places(), invited()?.declined, invited()?.by], ['1:green', true, w.pm.account.name]);
  await assert.rejects(w.floor.takePlace(w.chair), { reason: 'conflict' });
  await w.floor.promote(w.pm, id(w.chair));
  assert.equal(invited()?.declined, false);
  await w.floor.decline(w.neighbour);
  assert.deepEqual(
    w.store.records.map((r) => r.act),
    ['stage.promote', 'stage.decline', 'stage.promote'],
  );
});

test('FL8 an official who brings themselves on stage has said so', async () => {
  const w = new FloorWorld();
  await w.floor.promote(w.moderator, id(w.moderator));
  assert.match(w.places(), /:stage$/);
});

test('FL10 hard mute sticks to the device on and off stage', async () => {
  const w = new FloorWorld();
  const identity = id(w.chair);
  await w.floor.mute(w.moderator, identity, true);
  await w.bring(w.moderator, w.chair);
  assert.equal(w.live.get(w.briefing)?.speakers[0]?.muted, true);
  await w.floor.demote(w.moderator, identity, 'audience');
  await w.bring(w.pm, w.chair);
  assert.equal(w.live.get(w.briefing)?.speakers[0]?.muted, true);
  await assert.rejects(w.floor.mute(w.chair, identity, false), { reason: 'forbidden' });
  await w.floor.mute(w.pm, identity, false);
  assert.equal(w.live.get(w.briefing)?.speakers[0]?.muted, false);
  const muted = w.takeOrders().map((o) => (typeof o === 'string' ? o : `${o.place} ${o.muted}`));
  assert.deepEqual(muted, [
    ...['audience true', 'green true', 'stage true', 'audience true', 'green true', 'stage true', 'stage false'],
  ]);
});

test('FL10 a principal whom a moderator muted is not unmuted by leaving and going live again', async () => {
  const w = new FloorWorld();
  await w.floor.goLive(w.pm);
  const nation = { ...w.pm, account: { ...w.pm.account, id: 'moderator-of-vn', role: 'moderator' as const } };
  await w.floor.mute(nation, id(w.pm), true);
  await w.floor.leaveStage(w.pm);
  await w.floor.goLive(w.pm);
  assert.equal(w.live.get(w.briefing)?.speakers[0]?.muted, true);
});

test('FL36 one act mutes everybody else on a stage; each comes back by their own press, and by nobody else’s', async () => {
  const w = new FloorWorld();
  await w.floor.goLive(w.pm);
  for (const unit of [w.chair, w.neighbour]) await w.bring(w.pm, unit);
  await w.floor.mute(w.pm, id(w.neighbour), true);
  w.takeOrders();
  const seq = w.seq();
  await w.floor.muteAll(w.pm);
  assert.equal(w.seq(), (seq ?? 0) + 1, 'one act');
  const seen = () =>
    w.live.get(w.briefing)?.speakers.map(({ seat, muted, silenced = false }) => [seat.unit, muted, silenced]);
  const after = (chair: readonly boolean[]) => [
    [w.pm.seat.unit, false, false],
    [w.chair.seat.unit, ...chair],
    [w.neighbour.seat.unit, true, false],
  ];
  assert.deepEqual(seen(), after([true, true]));
  const orders = w.takeOrders().map((o) => (typeof o === 'string' ? o : `${o.identity === id(w.chair)} ${o.muted}`));
  assert.deepEqual(orders, ['true true'], 'who was muted by name stays so');
  await w.floor.muteAll(w.pm);
  assert.equal(w.seq(), (seq ?? 0) + 1, 'again changes nothing');
  await assert.rejects(w.floor.mute(w.pm, id(w.chair), false), { reason: 'conflict' });
  await assert.rejects(w.floor.unmuteSelf(w.neighbour), { reason: 'conflict' });
  await w.floor.demote(w.pm, id(w.chair), 'green');
  await w.bring(w.pm, w.chair);
  assert.deepEqual(
    seen()?.find(([unit]) => unit === w.chair.seat.unit),
    [w.chair.seat.unit, true, true],
  );
  await w.floor.unmuteSelf(w.chair);
  await w.floor.unmuteSelf(w.chair);
  assert.deepEqual(
    seen()?.find(([unit]) => unit === w.chair.seat.unit),
    [w.chair.seat.unit, false, false],
  );
  await w.floor.mute(w.pm, id(w.chair), true);
  await assert.rejects(w.floor.unmuteSelf(w.chair), { reason: 'conflict' });
});

test('FL36 who leads a stage mutes those on it alone; a moderator mutes no principal, and a unit nobody', async () => {
  const w = new FloorWorld();
  await w.floor.goLive(w.pm);
  await w.bring(w.pm, w.chair);
  await assert.rejects(w.floor.muteAll(w.moderator), { reason: 'outside-territory' });
  await assert.rejects(w.floor.muteAll(w.chair), { reason: 'forbidden' });
  const nation = {
    ...w.pm,
    account: { ...w.pm.account, id: 'moderator-of-vn', role: 'moderator' as const },
    seat: { ...w.pm.seat, identity: 'desk', role: 'moderator' as const },
  };
  await w.floor.muteAll(nation);
  assert.deepEqual(w.live.get(w.briefing)?.muted, [id(w.chair)]);
});

test('FL11 a removed device loses floor, hand and call at once, and stays out', async () => {
  const w = new FloorWorld();
  const call = await w.calls.start(w.pm, '1', 30);
  await w.calls.accept(w.chair, call.id);
  w.takeOrders();
  await w.floor.remove(w.pm, id(w.chair), 'a drill');
  assert.equal(w.places(), '');
  assert.equal((await w.store.calls(w.briefing))[0]?.state, 'ended');
  assert.deepEqual(w.takeOrders(), [
    { identity: id(w.chair), place: 'audience', muted: false },
    `remove ${id(w.chair)}`,
  ]);
  assert.equal(await w.keeper.isRemoved(w.briefing, id(w.chair)), true);
  assert.equal(await w.keeper.isRemoved(w.briefing, id(w.neighbour)), false);
  await assert.rejects(w.floor.raiseHand(w.chair), { reason: 'forbidden' });
  await assert.rejects(w.floor.promote(w.pm, id(w.chair)), { reason: 'forbidden' });
});

test('FL12 going live puts the principal on stage and opens the briefing to the air', async () => {
  const w = new FloorWorld('open');
  await assert.rejects(w.floor.goLive(w.moderator), { reason: 'forbidden' });
  await w.floor.goLive(w.pm);
  assert.equal(w.places(), 'vn:stage');
  assert.equal(w.store.briefings.get(w.briefing)?.state, 'live');
  await w.floor.leaveStage(w.pm);
  assert.equal(w.places(), '');
  assert.equal(w.store.briefings.get(w.briefing)?.state, 'live');
});

const voiceOnly = { camera: 'missing', microphone: 'ready' } as const;

test('FL18 what a device can send stands with its seat, in the queue, in the green room and on stage, and may change', async () => {
  const w = new FloorWorld();
  const shown = () => {
    const { hands = [], speakers = [] } = w.live.get(w.briefing) ?? {};
    return [...hands, ...speakers].map(({ seat }) => seat.equipment);
  };
  await w.floor.tellEquipment(w.chair, voiceOnly);
  assert.equal(w.seq(), 0, 'nobody on the floor, nothing on record');
  await w.floor.raiseHand(w.chair);
  assert.deepEqual(shown(), [voiceOnly]);
  await w.floor.admit(w.moderator, id(w.chair));
  assert.deepEqual(shown(), [voiceOnly]);
  const before = w.live.get(w.briefing)?.speakers[0];
  const both = { camera: 'ready', microphone: 'ready' } as const;
  await w.floor.tellEquipment(w.chair, both);
  await w.floor.tellEquipment(w.chair, both);
  const after = w.live.get(w.briefing)?.speakers[0];
  assert.deepEqual(after, { ...before, seat: { ...before?.seat, equipment: both } });
  assert.deepEqual(
    w.store.records.map((r) => r.act),
    ['hand.raise', 'green.admit', 'equipment.tell'],
  );
});

test('FL18 who accepts a call comes on stage with what they told since they connected', async () => {
  const w = new FloorWorld();
  await w.floor.tellEquipment(w.chair, voiceOnly);
  const call = await w.calls.start(w.pm, '1', 30);
  await w.calls.accept(w.chair, call.id);
  assert.deepEqual(w.live.get(w.briefing)?.speakers[0]?.seat.equipment, voiceOnly);
});

test('FL19 a raised hand that was let in leaves by itself, from the green room and from the stage', async () => {
  const w = new FloorWorld();
  await w.floor.raiseHand(w.chair);
  await w.floor.admit(w.moderator, id(w.chair));
  await w.floor.leaveStage(w.chair);
  assert.equal(w.places(), '');
  await w.bring(w.moderator, w.chair);
  assert.equal(w.places(), '1:stage');
  await w.floor.leaveStage(w.chair);
  assert.equal(w.places(), '');
  const { seq } = w.live.get(w.briefing) ?? {};
  await w.floor.leaveStage(w.chair);
  assert.equal(w.live.get(w.briefing)?.seq, seq);
});

test('FL19 who leaves after a call has ended it', async () => {
  const w = new FloorWorld();
  const call = await w.calls.start(w.pm, '1', 30);
  await w.calls.accept(w.chair, call.id);
  await w.floor.leaveStage(w.chair);
  assert.equal((await w.store.calls(w.briefing))[0]?.state, 'ended');
});

test('FL6 a device of which no node has told is asked for, and only for somebody who may act on it', async () => {
  const w = new FloorWorld();
  w.disconnect(w.chair);
  const { identity } = w.chair.seat;
  const asked: string[] = [];
  w.seatsElsewhere = (of) => {
    asked.push(of);
    return w.chair.seat;
  };
  await assert.rejects(w.floor.admit(w.neighbour, identity), { reason: 'forbidden' });
  assert.deepEqual(asked, []);
  await w.floor.admit(w.moderator, identity);
  assert.equal(w.places(), '1:green');
  await w.floor.setChecked(w.moderator, identity, true);
  assert.deepEqual(asked, [identity], 'who is on the floor is known');
  w.seatsElsewhere = () => {
    throw refuse('store-unavailable', 'no answer from two');
  };
  await assert.rejects(w.floor.admit(w.moderator, 'nobody'), { reason: 'store-unavailable' });
});
