import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FloorWorld } from '../../../test/support/FloorWorld.ts';
import { otherDevice } from '../../../test/support/floorPeople.ts';
import type { BriefingActor } from '../shared/actor.ts';
import { lineChanged } from './stageActs.ts';

const id = (actor: BriefingActor) => actor.seat.identity;

test('FL61 a principal who goes live with another device leaves no lost one on the stage, and takes none that is heard', async () => {
  const w = new FloorWorld();
  const back = otherDevice(w.pm);
  const lost = async (actor: BriefingActor) => {
    const record = { act: 'line.lost', account: null, identity: id(actor) };
    w.live.commit(await w.store.change(w.briefing, record, (m) => lineChanged(m, id(actor), 'lost')));
  };
  const onStage = () => w.live.get(w.briefing)?.speakers.map(({ seat }) => seat.identity);
  await w.floor.goLive(w.pm);
  await w.bring(w.pm, w.chair);
  await lost(w.chair);
  await w.floor.goLive(back);
  assert.deepEqual(onStage(), [id(w.pm), id(w.chair), id(back)], 'both are heard');
  await w.floor.leaveStage(back);
  await lost(w.pm);
  await w.floor.goLive(back);
  assert.deepEqual(onStage(), [id(w.chair), id(back)], 'a unit that is lost keeps its place');
});
