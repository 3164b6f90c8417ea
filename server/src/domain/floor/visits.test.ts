import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FloorWorld } from '../../../test/support/FloorWorld.ts';
import { shownTo } from '../shared/stages.ts';

const started = async (): Promise<FloorWorld> => {
  const w = new FloorWorld();
  await w.keeper.open(w.briefing, 'vn');
  await w.floor.goLive(w.pm);
  await w.stages.open(w.moderator, '79');
  w.takeOrders();
  return w;
};
const at = (w: FloorWorld, who: FloorWorld['pm']) => {
  const speaker = w.live.get(w.briefing)?.speakers.find((s) => s.seat.identity === who.seat.identity);
  return speaker && [speaker.place, speaker.stage ?? 'vn', speaker.home];
};
const shown = (w: FloorWorld, { seat }: FloorWorld['pm']) => {
  const floor = w.live.get(w.briefing);
  return floor && shownTo(w.live.stages(floor), seat.identity, seat.path);
};

test('TR14 an official from above visits a stage, is shown to its subtree, and is back where they stood', async () => {
  const w = await started();
  await w.stages.visit(w.pm, '79');
  assert.deepEqual(at(w, w.pm), ['stage', 'vn.79', 'vn']);
  assert.deepEqual(w.takeOrders(), [{ identity: w.pm.seat.identity, place: 'stage', muted: false, stage: 'vn.79' }]);
  assert.equal(shown(w, w.pm), 'vn.79');
  const { seq } = w.live.get(w.briefing) ?? {};
  await w.stages.visit(w.pm, '79');
  assert.equal(w.live.get(w.briefing)?.seq, seq, 'asked twice is done once');
  await w.keeper.line(w.briefing, w.pm.seat.identity, 'lost');
  assert.deepEqual(at(w, w.pm), ['holding', 'vn.79', 'vn'], 'their line drops');
  await w.keeper.line(w.briefing, w.pm.seat.identity, 'back');
  await w.floor.leaveStage(w.pm);
  assert.deepEqual(at(w, w.pm), ['stage', 'vn', undefined]);
  assert.deepEqual(w.takeOrders(), [{ identity: w.pm.seat.identity, place: 'stage', muted: false }]);
  await w.floor.leaveStage(w.pm);
  assert.equal(at(w, w.pm), undefined);
});

test('TR14 from one visit they go straight on to another; who stood nowhere is in the audience again', async () => {
  const w = await started();
  await w.floor.leaveStage(w.pm);
  await w.stages.open(w.pm, '01');
  await w.stages.visit(w.pm, '01');
  assert.equal(shown(w, w.foreigner), 'vn.01', 'the visitor is somebody, so the stage is shown');
  await w.stages.visit(w.pm, '79');
  assert.deepEqual(at(w, w.pm), ['stage', 'vn.79', null]);
  assert.equal(shown(w, w.foreigner), 'vn');
  await w.floor.leaveStage(w.pm);
  assert.equal(at(w, w.pm), undefined);
});

test('TR14 the end of the stage ends the visit; what ends with it is nobody’s place', async () => {
  const w = await started();
  await w.stages.visit(w.pm, '79');
  await w.stages.close(w.moderator, '79');
  assert.deepEqual(at(w, w.pm), ['stage', 'vn', undefined]);
  await w.stages.open(w.moderator, '79');
  await w.stages.open(w.moderator, '760');
  await w.stages.visit(w.moderator, '760');
  assert.deepEqual(at(w, w.moderator), ['stage', 'vn.79.760', 'vn.79']);
  await w.stages.back(w.pm, 'vn', 0);
  assert.equal(at(w, w.moderator), undefined);
  assert.deepEqual(at(w, w.pm), ['stage', 'vn', undefined]);
});

test('TR14 nobody visits a stage that is their own, above them, another’s or not open, nor after they were put out', async () => {
  const w = await started();
  await assert.rejects(w.stages.visit(w.moderator, '79'), { reason: 'bad-request' });
  await assert.rejects(w.stages.visit(w.moderator, 'vn'), { reason: 'outside-territory' });
  await assert.rejects(w.stages.visit(w.moderator, '01'), { reason: 'outside-territory' });
  await assert.rejects(w.stages.visit(w.chair, '79'), { reason: 'forbidden' });
  await assert.rejects(w.stages.visit(w.pm, '01'), { reason: 'not-found' });
  await w.stages.visit(w.pm, '79');
  await w.floor.remove(w.pm, w.pm.seat.identity, null);
  assert.equal(at(w, w.pm), undefined, 'put out, they are nowhere');
  await assert.rejects(w.stages.visit(w.pm, '79'), { reason: 'forbidden' });
});

/** The room of a district is open, and its province, nowhere on stage, is called to the stage of the country. */
const called = async () => {
  const w = await started();
  await w.stages.open(w.moderator, '760');
  await w.floor.leaveStage(w.moderator);
  return { w, call: await w.calls.start(w.pm, '79', 30) };
};

test('TR14 nobody visits from a call that they have answered: it stands, and ends as ever', async () => {
  const { w, call } = await called();
  await w.calls.accept(w.moderator, call.id);
  await assert.rejects(w.stages.visit(w.moderator, '760'), { reason: 'conflict', message: /has answered a call/ });
  assert.deepEqual(at(w, w.moderator), ['stage', 'vn', undefined]);
  assert.equal(w.live.get(w.briefing)?.calls[0]?.state, 'accepted');
  await w.calls.end(w.pm, call.id);
  await w.stages.visit(w.moderator, '760');
  assert.deepEqual(at(w, w.moderator), ['stage', 'vn.79.760', null]);
});

test('TR14 SC9 answering a call ends the visit: off the stage by the call’s end, they are back nowhere', async () => {
  const { w, call } = await called();
  await w.stages.visit(w.moderator, '760');
  await w.calls.accept(w.moderator, call.id);
  assert.deepEqual(at(w, w.moderator), ['stage', 'vn', undefined]);
  await w.calls.end(w.moderator, call.id);
  assert.equal(at(w, w.moderator), undefined);
  assert.deepEqual(w.live.get(w.briefing)?.calls, []);
});

test('TR14 a visitor who is taken into the green room waits in that of the stage on which they stood, on the air nowhere', async () => {
  const w = await started();
  await w.stages.visit(w.pm, '79');
  await w.floor.demote(w.pm, w.pm.seat.identity, 'green');
  assert.deepEqual(at(w, w.pm), ['green', 'vn', undefined]);
  await w.floor.promote(w.pm, w.pm.seat.identity);
  assert.deepEqual(at(w, w.pm), ['stage', 'vn', undefined]);
  await w.floor.leaveStage(w.pm);
  await w.stages.visit(w.pm, '79');
  await w.floor.demote(w.pm, w.pm.seat.identity, 'green');
  assert.equal(at(w, w.pm), undefined, 'who stood on none is in the audience');
});
