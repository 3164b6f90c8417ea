import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FloorWorld } from '../../../test/support/FloorWorld.ts';
import { person } from '../../../test/support/floorPeople.ts';
import { shownTo } from '../shared/stages.ts';

/** The stage that each of the world's people is shown, by its unit. */
const shown = (w: FloorWorld): string => {
  const floor = w.live.get(w.briefing);
  if (!floor) return '';
  const map = w.live.stages(floor);
  const people = [w.pm, w.moderator, w.chair, w.foreigner];
  return people.map(({ seat }) => shownTo(map, seat.identity, seat.path)).join(' ');
};
const started = async (): Promise<FloorWorld> => {
  const w = new FloorWorld();
  await w.keeper.open(w.briefing, 'vn');
  await w.floor.goLive(w.pm);
  w.takeOrders();
  return w;
};
const place = (w: FloorWorld, who: FloorWorld['pm']) =>
  w.live.get(w.briefing)?.speakers.find((s) => s.seat.identity === who.seat.identity);

test('TR1 TR2 TR5 a province opens its stage: its official stands there, its communes are shown it, others are not', async () => {
  const w = await started();
  await w.stages.open(w.moderator, '79');
  assert.equal(shown(w), 'vn vn.79 vn.79 vn');
  assert.deepEqual([place(w, w.moderator)?.place, place(w, w.moderator)?.stage], ['stage', 'vn.79']);
  assert.deepEqual(w.takeOrders(), [
    { identity: w.moderator.seat.identity, place: 'stage', muted: false, stage: 'vn.79' },
  ]);
  const [last] = w.arranged.slice(-1) as { mains: unknown; occupied: unknown }[];
  assert.deepEqual([last?.mains, last?.occupied], [[['vn.79', 'vn.79']], ['vn.79']]);
  const { seq } = w.live.get(w.briefing) ?? {};
  await w.stages.open(w.moderator, '79');
  assert.equal(w.live.get(w.briefing)?.seq, seq, 'opened twice is opened once');
});

test('TR3 TR4 closing it takes off, down and back what belongs to it, and nothing of the briefing', async () => {
  const w = await started();
  await w.floor.raiseHand(w.foreigner);
  await w.stages.open(w.moderator, '79');
  await w.floor.raiseHand(w.chair);
  await w.bring(w.moderator, w.neighbour);
  assert.equal(place(w, w.neighbour)?.stage, 'vn.79');
  const call = await w.calls.start(w.moderator, w.chair.seat.unit, 30);
  assert.equal(call.stage, 'vn.79');
  await w.stages.enter(w.pm, '79');
  assert.equal(shown(w), 'vn.79 vn.79 vn.79 vn');
  w.takeOrders();
  await w.stages.close(w.moderator, '79');
  assert.equal(shown(w), 'vn vn vn vn');
  assert.equal(w.places(), 'vn:stage');
  assert.deepEqual(w.hands(), ['9'], 'who asked to speak to the nation still does');
  const floor = w.live.get(w.briefing);
  assert.deepEqual([floor?.stages, floor?.mains, floor?.entered, floor?.calls], [[], [], [], []]);
  assert.deepEqual((await w.store.call(call.id))?.state, 'cancelled');
  const off = [w.moderator, w.neighbour].map(({ seat }) => ({
    identity: seat.identity,
    place: 'audience',
    muted: false,
  }));
  assert.deepEqual(w.takeOrders(), off);
  await w.stages.close(w.moderator, '79');
});

test('TR3 a stage that its last person leaves is shown to nobody, and is again when somebody comes', async () => {
  const w = await started();
  await w.stages.open(w.pm, '79');
  assert.equal(shown(w), 'vn vn vn vn', 'opened from above: nobody is there yet');
  assert.equal(place(w, w.pm)?.stage, undefined, 'who opened it has not moved');
  await w.stages.enter(w.moderator, '79');
  await w.floor.promote(w.moderator, w.moderator.seat.identity);
  assert.equal(shown(w), 'vn vn.79 vn.79 vn');
  assert.deepEqual(w.live.get(w.briefing)?.entered, [], 'who comes on a stage is shown it');
  await w.floor.leaveStage(w.moderator);
  assert.equal(shown(w), 'vn vn vn vn');
});

test('TR4 a device is on one stage at a time, and an official brings units on the stage that they see', async () => {
  const w = await started();
  await w.bring(w.moderator, w.chair);
  assert.equal(place(w, w.chair)?.stage, undefined);
  await w.stages.open(w.moderator, '79');
  await assert.rejects(w.floor.promote(w.moderator, w.chair.seat.identity), { reason: 'conflict' });
  await w.stages.enter(w.pm, '79');
  await assert.rejects(w.floor.promote(w.pm, w.foreigner.seat.identity), { reason: 'conflict' });
  await w.stages.enter(w.pm, null);
  await w.floor.admit(w.pm, w.foreigner.seat.identity);
  assert.equal(place(w, w.foreigner)?.stage, undefined);
  await assert.rejects(w.floor.goLive({ ...w.pm, seat: w.moderator.seat }), { reason: 'conflict' });
});

test('TR4 a hand asks for the stage that is shown, and is raised anew for another', async () => {
  const w = await started();
  const stageOf = () => w.live.get(w.briefing)?.hands.map((h) => [h.seat.unit, h.stage]);
  await w.floor.raiseHand(w.chair);
  await w.floor.raiseHand(w.foreigner);
  await w.stages.open(w.moderator, '79');
  assert.deepEqual(stageOf(), [
    ['1', undefined],
    ['9', undefined],
  ]);
  await w.floor.raiseHand(w.chair);
  assert.deepEqual(stageOf(), [
    ['9', undefined],
    ['1', 'vn.79'],
  ]);
});

test('TR4 a call brings a unit on the stage of who called, wherever its subtree looks', async () => {
  const w = await started();
  await w.stages.open(w.moderator, '79');
  const call = await w.calls.start(w.pm, w.chair.seat.unit, 30);
  await w.calls.accept(w.chair, call.id);
  assert.deepEqual([place(w, w.chair)?.place, place(w, w.chair)?.stage], ['stage', undefined]);
  assert.equal(shown(w), 'vn vn.79 vn vn', 'the called device sees where it stands');
});

test('TR6 stages are opened and closed from their unit and from above it, and entered by officials alone', async () => {
  const w = await started();
  const stranger = person(w.briefing, 'moderator', 'vn.01');
  const seat = w.chair;
  for (const act of ['open', 'close', 'enter'] as const) {
    await assert.rejects(w.stages[act](stranger, '79'), { reason: 'outside-territory' }, act);
    await assert.rejects(w.stages[act](seat, '79'), { reason: 'forbidden' }, act);
  }
  await assert.rejects(w.stages.enter(w.pm, '79'), { reason: 'not-found' }, 'it is not open');
  await assert.rejects(w.stages.open(w.pm, 'vn'), { reason: 'bad-request' }, 'that is the stage of the briefing');
  await assert.rejects(w.stages.open(w.pm, '404'), { reason: 'not-found' });
  await w.stages.open(w.moderator, '79');
  await w.stages.enter(w.moderator, 'vn');
  assert.equal(shown(w), 'vn vn vn.79 vn', 'an official of the province looks up');
  await w.stages.close(w.pm, '79');
  assert.equal(shown(w), 'vn vn vn vn');
});

test('TR1 a stage needs a live briefing with the unit in its scope', async () => {
  const w = new FloorWorld('open');
  await w.keeper.open(w.briefing, 'vn');
  await assert.rejects(w.stages.open(w.moderator, '79'), { reason: 'not-live' });
  w.setState('live');
  w.store.briefings.set(w.briefing, { id: w.briefing, state: 'live', stage: 'vn', scope: ['vn.01'], producers: [] });
  await assert.rejects(w.stages.open(w.moderator, '79'), { reason: 'not-found' });
});

test('TR3 TR9 closing the briefing closes every stage, and each act is on record', async () => {
  const w = await started();
  await w.stages.open(w.moderator, '79');
  await w.stages.enter(w.pm, '79');
  assert.deepEqual(
    w.store.records.slice(-2).map((r) => [r.act, r.account, r.unit]),
    [
      ['stage.open', w.moderator.account.id, '79'],
      ['stage.enter', w.pm.account.id, '79'],
    ],
  );
  await w.keeper.close(w.briefing);
  const floor = await w.store.read(w.briefing);
  assert.deepEqual([floor.stages, floor.mains, floor.entered, floor.speakers], [[], [], [], []]);
});
