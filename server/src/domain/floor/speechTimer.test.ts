import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FloorWorld } from '../../../test/support/FloorWorld.ts';
import { speakerOf } from './FloorState.ts';

const id = (actor: { seat: { identity: string } }) => actor.seat.identity;

/** A live briefing with the principal and two communes on its stage. */
async function onStage() {
  const w = new FloorWorld();
  await w.floor.goLive(w.pm);
  for (const unit of [w.chair, w.neighbour]) await w.bring(w.pm, unit);
  w.takeOrders();
  const timer = (actor = w.chair) => {
    const floor = w.live.get(w.briefing);
    return floor && speakerOf(floor, id(actor))?.timer;
  };
  return { w, timer };
}

test('FL38 time is given to one speaker from now on, given anew, and ended; nobody is muted or taken down', async () => {
  const { w, timer } = await onStage();
  const seq = w.seq();
  await w.floor.giveTime(w.pm, id(w.chair), 3);
  assert.deepEqual(timer(), { minutes: 3, since: w.now.toISOString() });
  assert.equal(timer(w.neighbour), undefined);
  w.later(240);
  await w.floor.giveTime(w.pm, id(w.chair), 3);
  assert.deepEqual(timer(), { minutes: 3, since: w.now.toISOString() }, 'the same anew begins anew');
  await w.floor.giveTime(w.pm, id(w.chair), 10);
  assert.equal(timer()?.minutes, 10);
  await w.floor.giveTime(w.pm, id(w.chair), null);
  await w.floor.giveTime(w.pm, id(w.chair), null);
  await w.floor.giveTime(w.pm, 'nobody', null);
  assert.equal(timer(), undefined);
  assert.equal(w.seq(), seq + 4, 'what was ended is not ended again');
  assert.deepEqual(
    w.store.records.slice(-4),
    Array(4).fill({ act: 'seat.timer', account: w.pm.account.id, identity: id(w.chair) }),
  );
  assert.deepEqual(w.takeOrders(), []);
  assert.equal(w.places(), 'vn:stage 1:stage 2:stage');
});

test('FL38 the time stays over a mute and a dropped line, and goes with the place', async () => {
  const { w, timer } = await onStage();
  await w.floor.giveTime(w.pm, id(w.chair), 5);
  const given = timer();
  w.later(10);
  await w.floor.mute(w.pm, id(w.chair), true);
  await w.floor.muteAll(w.pm);
  await w.floor.tellEquipment(w.chair, { camera: 'missing', microphone: 'ready' });
  await w.keeper.line(w.briefing, id(w.chair), 'lost');
  assert.match(w.places(), /1:holding/);
  await w.keeper.line(w.briefing, id(w.chair), 'back');
  assert.deepEqual([timer(), given?.minutes], [given, 5]);
  await w.floor.demote(w.pm, id(w.chair), 'green');
  assert.equal(timer(), undefined);
  await w.bring(w.pm, w.chair);
  assert.equal(timer(), undefined, 'who comes back has as much time as they need');
  await w.floor.giveTime(w.pm, id(w.chair), 5);
  await w.floor.leaveStage(w.chair);
  await w.bring(w.pm, w.chair);
  assert.equal(timer(), undefined);
});

test('FL38 PN2 on the briefing’s own stage time is given by whoever produces it, and not to oneself or who leads it', async () => {
  const { w, timer } = await onStage();
  await assert.rejects(w.floor.giveTime(w.chair, id(w.neighbour), 3), { reason: 'forbidden' });
  await assert.rejects(w.floor.giveTime(w.moderator, id(w.chair), 3), { reason: 'forbidden' });
  w.producers.push(w.moderator.account.id);
  w.setState('live');
  await w.floor.giveTime(w.moderator, id(w.chair), 3);
  assert.equal(timer()?.minutes, 3);
  await assert.rejects(w.floor.giveTime(w.moderator, id(w.pm), 3), { reason: 'forbidden' });
  await assert.rejects(w.floor.giveTime(w.pm, id(w.pm), 3), { reason: 'forbidden' });
  await assert.rejects(w.floor.giveTime(w.pm, id(w.foreigner), 3), { reason: 'not-connected' });
  await w.floor.admit(w.pm, id(w.foreigner));
  await assert.rejects(w.floor.giveTime(w.pm, id(w.foreigner), 3), { reason: 'not-connected' }, 'nobody speaks there');
  w.setState('closed');
  await assert.rejects(w.floor.giveTime(w.pm, id(w.chair), 3), { reason: 'briefing-closed' });
});

test('FL38 on the stage of a unit time is given by whoever leads there, to those who stand there', async () => {
  const w = new FloorWorld();
  await w.floor.goLive(w.pm);
  await w.bring(w.pm, w.neighbour);
  await w.stages.open(w.moderator, '79');
  await w.bring(w.moderator, w.chair);
  await w.floor.giveTime(w.moderator, id(w.chair), 2);
  const floor = w.live.get(w.briefing);
  assert.equal(floor && speakerOf(floor, id(w.chair))?.timer?.minutes, 2);
  await assert.rejects(w.floor.giveTime(w.moderator, id(w.neighbour), 2), { reason: 'not-connected' });
});
