import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ClockWorld } from '../../../test/support/ClockWorld.ts';
import { Chance } from '../../../test/support/cluster/Chance.ts';
import { decideStep } from './decideStep.ts';

const SECOND = 1_000;
const STEPS = [10, -10, 90, -90, 300, -300, 7 * 3_600, -7 * 3_600].map((seconds) => seconds * SECOND);
/** What a node that dies may not have written, and the least time that two looks leave between them. */
const LOST_MS = 5_000;

test('AT15 AT16 what is a step, what is on record, and what is a node that stood still', () => {
  const one = (ms: number) => [{ nr: 1, ms, briefings: [] }];
  const found = (ms: number, steps = one(0).slice(1), heardAt: number | null = null) =>
    decideStep({ expected: 1_000_000, ms }, { steps, heardAt });
  assert.equal(found(900), undefined, 'drift');
  assert.equal(found(-90_000), -90_000);
  assert.equal(found(-90_000, one(-90_040)), undefined, 'another node has recorded it');
  assert.equal(found(0, one(90_000)), undefined, 'this node began after it');
  assert.equal(found(-80_000, one(10_000)), -90_000, 'and then it was set back');
  assert.equal(found(60_000, [], 1_059_000), undefined, 'others have gone on meanwhile');
  assert.equal(found(60_000, [], 999_000), 60_000, 'others were heard of before it');
  assert.equal(found(60_000, [], 9_000_000), 60_000, 'what is left of a clock that stood further on says nothing');
});

test('AT15 AT17 three nodes in virtual time: whatever the clock is set to and whoever dies, attendance is what it was', async () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const chance = new Chance(seed);
    const world = new ClockWorld();
    for (const name of ['one', 'two', 'three']) await world.start(name);
    if (chance.is(0.5)) world.set(chance.one(STEPS));
    const before = await world.open();
    world.come(before, 'whole');
    let lost = 0;
    const minute = async (leaves: boolean) => {
      for (let tenth = 0; tenth < 10; tenth += 1) {
        if (chance.is(0.15)) world.set(chance.one(STEPS));
        if (chance.is(0.05)) {
          lost += LOST_MS;
          await world.restart(chance.one(['one', 'two', 'three']));
        }
        if (chance.is(0.03)) {
          lost += LOST_MS + 30 * SECOND;
          await world.freeze(chance.one(['one', 'two', 'three']), 30 * SECOND);
        }
        await world.pass(6 * SECOND);
      }
      if (leaves) world.leave(before, 'half');
    };
    world.come(before, 'half');
    for (let i = 0; i < 10; i += 1) await minute(i === 4);
    const rows = await world.close(before, async () => {
      if (chance.is(0.5)) world.set(chance.one(STEPS));
      await world.pass(6 * SECOND);
    });
    const at = (unit: string) => (rows.get(unit)?.seconds ?? 0) * SECOND;
    const said = `seed ${seed}: ${JSON.stringify([...rows])} of ${world.heldMs / SECOND}, ${lost / SECOND} may be lost`;
    assert.ok(at('whole') >= world.heldMs - lost - 2 * SECOND && at('whole') <= world.heldMs + 2 * SECOND, said);
    assert.ok(at('half') <= world.heldMs / 2 + 40 * SECOND && at('half') >= world.heldMs / 2 - lost - 2 * SECOND, said);
    assert.equal(at('never'), 0, said);
  }
});
