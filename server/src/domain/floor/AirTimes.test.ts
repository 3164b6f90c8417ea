import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { AirTime } from '../../protocol/floor.ts';
import { AirTimes } from './AirTimes.ts';
import { applyChanges, emptyFloor, type FloorChange } from './FloorState.ts';
import { LiveFloors } from './LiveFloors.ts';

const at = '2026-11-26T01:00:00.000Z';
const seat = {
  identity: 'pm',
  account: 'a',
  unit: 'vn',
  path: 'vn',
  name: 'PM',
  role: 'principal' as const,
  person: null,
};
const on: FloorChange = {
  kind: 'speaker',
  speaker: { seat, place: 'stage', since: at, muted: false, checked: false, call: null },
};
const off: FloorChange = { kind: 'speaker-off', identity: 'pm' };
const mute: FloorChange = { kind: 'mute', identity: 'x', muted: true };

function world() {
  const live = new LiveFloors();
  const asked: { give: (air: AirTime) => void; fail: () => void }[] = [];
  const store = {
    airTime: () => new Promise<AirTime>((give, reject) => asked.push({ give, fail: () => reject(new Error('away')) })),
  };
  const failures: string[] = [];
  const air = new AirTimes({ live, store, failed: (_, briefing) => failures.push(briefing) });
  const told: AirTime[] = [];
  air.on('changed', (one) => told.push(one));
  let floor = emptyFloor('b');
  const act = (change: FloorChange): void => {
    floor = applyChanges(floor, [change]);
    live.apply({ floor, calls: [] });
  };
  return { live, air, asked, failures, told, act };
}
const time = (beforeMs: number): AirTime => ({ briefing: 'b', since: null, beforeMs });

test('FL20 it is read when a broadcast begins or ends, and not with each act', async () => {
  const { asked, act, told, air } = world();
  act(mute);
  asked[0]?.give(time(0));
  await setImmediate();
  act({ ...mute, identity: 'y' });
  assert.equal(asked.length, 1);
  act(on);
  act(off);
  // The answer that was overtaken says less.
  asked[2]?.give(time(5));
  await setImmediate();
  asked[1]?.give(time(1));
  await setImmediate();
  assert.deepEqual(told, [time(0), time(5)]);
  assert.deepEqual(air.get('b'), time(5));
  air.close();
});

test('FL20 what could not be read is read by the sweep, and what is over is forgotten', async () => {
  const { asked, act, told, air, failures, live } = world();
  act(on);
  asked[0]?.fail();
  await setImmediate();
  assert.deepEqual([failures, told], [['b'], []]);
  const swept = air.sweep();
  asked[1]?.give(time(7));
  await swept;
  assert.deepEqual(told, [time(7)]);
  live.forget('b');
  await air.sweep();
  assert.equal(air.get('b'), undefined);
  assert.equal(asked.length, 2);
  air.close();
});
