import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FloorWorld } from '../../../test/support/FloorWorld.ts';
import { person } from '../../../test/support/floorPeople.ts';
import { shownTo } from '../shared/stages.ts';
import { sweepFloor } from './sweepFloor.ts';

/** Provinces 79 and 01, of which 79 has its moderator here. */
const started = async (): Promise<FloorWorld> => {
  const w = new FloorWorld();
  await w.keeper.open(w.briefing, 'vn');
  await w.floor.goLive(w.pm);
  w.officials.push(w.moderator.seat);
  return w;
};
const shown = (w: FloorWorld): string => {
  const floor = w.live.get(w.briefing);
  assert.ok(floor);
  const people = [w.pm, w.moderator, w.chair, w.foreigner];
  return people.map(({ seat }) => shownTo(w.live.stages(floor), seat.identity, seat.path)).join(' ');
};
const open = (w: FloorWorld) => w.live.get(w.briefing)?.stages.map((s) => s.path);
const sweep = (w: FloorWorld) => sweepFloor({ store: w.store, calls: w.calls, stages: w.stages, keeper: w.keeper });

test('TR10 a tier breaks out in one act: chairs who are here stand on their stages, others fall to what is above', async () => {
  const w = await started();
  const { seq = 0 } = w.live.get(w.briefing) ?? {};
  assert.deepEqual(await w.stages.breakOut(w.pm, 'vn'), { open: 2, empty: 1 });
  assert.equal(w.live.get(w.briefing)?.seq, seq + 1, 'one act');
  assert.deepEqual(open(w), ['vn.79', 'vn.01']);
  assert.equal(shown(w), 'vn vn.79 vn.79 vn', 'nobody stands in 01 yet');
  assert.deepEqual(await w.stages.breakOut(w.pm, 'vn'), { open: 2, empty: 1 });
  assert.equal(w.live.get(w.briefing)?.seq, seq + 1, 'a second time changes nothing');
  const late = person(w.briefing, 'moderator', 'vn.01');
  w.connect(late);
  await w.stages.enter(late, '01');
  await w.floor.promote(late, late.seat.identity);
  assert.equal(shown(w), 'vn vn.79 vn.79 vn.01');
  await assert.rejects(w.stages.breakOut(w.moderator, 'vn'), { reason: 'outside-territory' });
  await assert.rejects(w.stages.breakOut(w.moderator, '79'), { reason: 'not-found' }, 'below it is nobody with units');
});

test('TR10 who is on another stage is left there, and who was put out does not come back by it', async () => {
  const w = await started();
  await w.bring(w.pm, w.moderator);
  assert.deepEqual(await w.stages.breakOut(w.pm, 'vn'), { open: 2, empty: 2 });
  assert.equal(shown(w), 'vn vn vn vn');
  const other = await started();
  await other.floor.remove(other.pm, other.moderator.seat.identity, null);
  assert.deepEqual(await other.stages.breakOut(other.pm, 'vn'), { open: 2, empty: 2 });
});

test('TR13 the record says which stage a unit was shown, from when to when', async () => {
  const w = await started();
  const live = w.now.toISOString();
  w.later(60);
  const out = w.now.toISOString();
  await w.stages.breakOut(w.pm, 'vn');
  w.later(60);
  const eyes = w.now.toISOString();
  await w.stages.gather(w.pm, 'vn', true);
  w.later(60);
  const off = w.now.toISOString();
  await w.stages.gather(w.pm, 'vn', false);
  w.later(60);
  const back = w.now.toISOString();
  await w.stages.back(w.pm, 'vn', 0);
  const province = { unit: '79', name: 'Unit 79' };
  const own = { unit: null, name: null };
  assert.deepEqual(await w.stages.shown(w.chair.account, w.briefing, w.chair.seat.unit), [
    { ...own, from: live, to: out },
    { ...province, from: out, to: eyes },
    { ...own, from: eyes, to: off },
    { ...province, from: off, to: back },
    { ...own, from: back, to: null },
  ]);
  assert.deepEqual(await w.stages.shown(w.pm.account, w.briefing, w.foreigner.seat.unit), [
    { ...own, from: live, to: null },
  ]);
  w.store.briefings.set(w.briefing, { id: w.briefing, state: 'live', stage: 'vn', scope: ['vn.79'], producers: [] });
  assert.deepEqual(await w.stages.shown(w.pm.account, w.briefing, w.foreigner.seat.unit), [], 'it takes no part');
  const ask = w.stages.shown(w.chair.account, w.briefing, w.neighbour.seat.unit);
  await assert.rejects(ask, { reason: 'outside-territory' });
});

test('TR11 all eyes on a unit, and off again: everybody below is shown what it is, stages stay as they were', async () => {
  const w = await started();
  await w.stages.breakOut(w.pm, 'vn');
  await w.stages.gather(w.pm, 'vn', true);
  assert.equal(shown(w), 'vn vn vn vn', 'also who stands in the province');
  assert.deepEqual(open(w), ['vn.79', 'vn.01']);
  await w.stages.enter(w.moderator, '79');
  assert.equal(shown(w), 'vn vn.79 vn vn', 'who chose to look elsewhere does');
  await w.stages.enter(w.moderator, null);
  await w.stages.gather(w.pm, 'vn', false);
  assert.equal(shown(w), 'vn vn.79 vn.79 vn');
  await assert.rejects(w.stages.gather(w.moderator, 'vn', true), { reason: 'outside-territory' });
  await w.stages.gather(w.moderator, '79', true);
  assert.equal(shown(w), 'vn vn.79 vn.79 vn', 'its own stage, which nobody below it has left');
});

test('TR12 back after some seconds, by the clock of the store; a wake-up may come early, twice or never', async () => {
  const w = await started();
  await w.stages.breakOut(w.pm, 'vn');
  await w.stages.gather(w.pm, 'vn', true);
  await w.stages.back(w.pm, 'vn', 10);
  assert.deepEqual(w.backs, ['vn in 10000']);
  const backAt = new Date(w.now.getTime() + 10_000).toISOString();
  assert.deepEqual(w.live.get(w.briefing)?.gathers, [{ path: 'vn', eyes: true, backAt }]);
  w.later(9);
  await w.stages.backDue(w.briefing, 'vn');
  await sweep(w);
  assert.equal(open(w)?.length, 2, 'too early');
  w.later(1);
  await sweep(w);
  assert.deepEqual([open(w), w.live.get(w.briefing)?.gathers], [[], []]);
  assert.equal(shown(w), 'vn vn vn vn');
  const { seq } = w.live.get(w.briefing) ?? {};
  await w.stages.backDue(w.briefing, 'vn');
  assert.equal(w.live.get(w.briefing)?.seq, seq);
  assert.equal(w.places(), 'vn:stage');
});

test('TR12 the end is called off, or comes at once; a province ends what is below it and not itself', async () => {
  const w = await started();
  await w.stages.breakOut(w.pm, 'vn');
  await w.stages.back(w.pm, 'vn', 10);
  await w.stages.stay(w.pm, 'vn');
  w.later(20);
  await sweep(w);
  assert.equal(open(w)?.length, 2);
  await assert.rejects(w.stages.back(w.moderator, 'vn', 0), { reason: 'outside-territory' });
  await w.stages.back(w.moderator, '79', 0);
  assert.equal(open(w)?.length, 2, 'nothing is below it');
  await w.stages.back(w.pm, 'vn', 0);
  assert.deepEqual(open(w), []);
  await w.stages.back(w.pm, 'vn', 10);
  assert.deepEqual(w.live.get(w.briefing)?.gathers, [], 'there is nothing to come back from');
});
