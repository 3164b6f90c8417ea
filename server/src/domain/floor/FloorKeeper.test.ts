import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FloorWorld } from '../../../test/support/FloorWorld.ts';
import { refuse } from '../../protocol/errors.ts';
import type { FloorState } from './FloorState.ts';
import { LiveFloors } from './LiveFloors.ts';

test('FL13 a lost line on stage is held, and comes back by itself', async () => {
  const w = new FloorWorld();
  await w.floor.goLive(w.pm);
  const since = w.live.get(w.briefing)?.speakers[0]?.since;
  const { identity } = w.pm.seat;
  w.later(10);
  await w.keeper.line(w.briefing, identity, 'lost');
  assert.equal(w.places(), 'vn:holding');
  await w.keeper.line(w.briefing, identity, 'back');
  assert.equal(w.places(), 'vn:stage');
  assert.equal(w.live.get(w.briefing)?.speakers[0]?.since, since);
  const seq = w.seq();
  await w.keeper.line(w.briefing, w.chair.seat.identity, 'lost');
  await w.keeper.line(w.briefing, identity, 'back');
  assert.equal(w.seq(), seq, 'lines of the audience are nobody’s business here');
  assert.deepEqual(w.takeOrders(), [{ identity, place: 'stage', muted: false }], 'the hall was ordered once');
});

test('FL14 a floor is given to the hall before anybody joins', async () => {
  const w = new FloorWorld();
  await w.floor.goLive(w.pm);
  await w.floor.admit(w.moderator, w.chair.seat.identity);
  await w.floor.mute(w.moderator, w.neighbour.seat.identity, true);
  w.takeOrders();
  w.live.forget(w.briefing);
  await w.keeper.open(w.briefing, 'vn');
  const floor = [
    { identity: w.pm.seat.identity, place: 'stage', muted: false },
    { identity: w.chair.seat.identity, place: 'green', muted: false },
    { identity: w.neighbour.seat.identity, place: 'audience', muted: true },
  ];
  assert.deepEqual(w.takeOrders().slice(0, 4), ['open vn', ...floor]);
  assert.equal(w.places(), 'vn:stage 1:green');
});

test('FL14 a floor on which this node has acted before its room was here still gets its room, and its presence', async () => {
  const w = new FloorWorld();
  // As a job does of which another node has set the alarm.
  await w.bring(w.pm, w.chair);
  const next = { ...(w.live.get(w.briefing) as FloorState), seq: w.seq() + 2 };
  const { read } = w.store;
  let reads = 0;
  w.store.read = (briefing) => {
    reads += 1;
    return read.call(w.store, briefing);
  };
  await w.keeper.hint({ floor: next, calls: [] });
  assert.equal(reads, 0, 'what is read without a room would keep who opens it waiting, and open nothing');
  await w.keeper.ensure(w.briefing, 'vn');
  assert.deepEqual(w.opened, [w.briefing]);
  assert.ok(w.takeOrders().includes('open vn'));
  await w.keeper.ensure(w.briefing, 'vn');
  await w.keeper.sweep();
  assert.deepEqual(w.opened, [w.briefing], 'once');
});

test('FL15 an older floor is ignored', () => {
  const live = new LiveFloors();
  const seen: number[] = [];
  live.on('changed', (_, after) => seen.push(after.seq));
  const none = { stages: [], mains: [], entered: [], gathers: [] };
  const floor = { briefing: 'b', speakers: [], hands: [], calls: [], muted: [], silenced: [], removed: [], ...none };

  for (const seq of [1, 3, 2, 3, 4]) live.apply({ floor: { ...floor, seq }, calls: [] });
  assert.deepEqual(seen, [1, 3, 4]);
});

test('FL16 a briefing whose doors open while a sweep asks what runs is not taken for one that is over', async () => {
  const w = new FloorWorld('scheduled');
  const { running } = w.store;
  const asked = Promise.withResolvers<void>();
  w.store.running = async () => {
    const before = await running.call(w.store);
    await asked.promise;
    return before;
  };
  const sweep = w.keeper.sweep();
  w.setState('live');
  await w.keeper.open(w.briefing, 'vn');
  await w.bring(w.pm, w.chair);
  asked.resolve();
  await sweep;
  assert.equal(w.places(), '1:stage');
  assert.ok(!w.takeOrders().includes('close'));
});

test('FL15 a floor that was read before another act was told of takes back none of its orders', async () => {
  const w = new FloorWorld();
  await w.bring(w.pm, w.chair);
  const { read } = w.store;
  const told = Promise.withResolvers<void>();
  w.store.read = async (briefing) => {
    const before = await read.call(w.store, briefing);
    await told.promise;
    return before;
  };
  const opening = w.keeper.open(w.briefing, 'vn');
  await w.floor.demote(w.moderator, w.chair.seat.identity, 'green');
  told.resolve();
  await opening;
  const order = { identity: w.chair.seat.identity, place: 'green', muted: false };
  assert.deepEqual(w.takeOrders().slice(-2), ['open vn', order]);
});

test('FL15 an order that failed is given again also where the floor could not be read at first', async () => {
  const w = new FloorWorld();
  await w.keeper.open(w.briefing, 'vn');
  w.broken = new Error('the worker died');
  await w.bring(w.pm, w.chair);
  await Promise.resolve();
  const { read } = w.store;
  w.store.read = () => Promise.reject(new Error('the store is away'));
  await assert.rejects(w.keeper.sweep(), /away/);
  w.store.read = read;
  w.takeOrders();
  await w.keeper.sweep();
  const order = { identity: w.chair.seat.identity, place: 'stage', muted: false };
  assert.deepEqual(w.takeOrders(), ['open vn', order]);
});

test('FL15 an order that failed is given again by the sweep', async () => {
  const w = new FloorWorld();
  await w.keeper.sweep();
  await w.floor.promote(w.pm, w.chair.seat.identity);
  await Promise.resolve();
  w.takeOrders();
  w.broken = new Error('the worker died');
  await w.floor.takePlace(w.chair);
  await Promise.resolve();
  assert.equal(w.failures.length, 1);
  assert.deepEqual(w.takeOrders(), []);
  await w.keeper.sweep();
  const order = { identity: w.chair.seat.identity, place: 'stage', muted: false };
  assert.deepEqual(w.takeOrders(), ['open vn', order]);
  await w.keeper.sweep();
  assert.deepEqual(w.takeOrders(), []);
});

test('FL15 the sweep takes over what another node did, with the end of calls', async () => {
  const w = new FloorWorld();
  const call = await w.calls.start(w.pm, '1', 30);
  const record = { act: 'elsewhere', account: null };
  await w.store.change(w.briefing, record, ({ floor }) =>
    floor.calls.map((c) => ({ kind: 'call', call: { ...c, state: 'cancelled', endedAt: w.now.toISOString() } })),
  );
  const ended: string[] = [];
  w.live.on('changed', (_, __, calls) => ended.push(...calls.map((c) => `${c.id} ${c.state}`)));
  await w.keeper.sweep();
  assert.deepEqual(ended, [`${call.id} cancelled`]);
});

test('FL15 a hint is taken as it is, and read from the store when one before it was lost, with the end of calls', async () => {
  const w = new FloorWorld();
  await w.keeper.open(w.briefing, 'vn');
  const call = await w.calls.start(w.pm, '1', 30);
  const elsewhere = (why: string) =>
    w.store.change(w.briefing, { act: 'elsewhere', account: null }, ({ floor }) =>
      floor.calls.length > 0
        ? floor.calls.map((c) => ({
            kind: 'call',
            call: { ...c, state: 'cancelled', endedAt: w.now.toISOString(), why },
          }))
        : [{ kind: 'mute', identity: 'x', muted: true }],
    );
  const told: string[] = [];
  w.live.on('changed', (_, after, calls) => told.push(`${after.seq} ${calls.map((c) => c.state).join()}`));
  const seq = w.seq();
  await elsewhere('lost on the way');
  const heard = await elsewhere('');
  await w.keeper.hint(heard);
  await w.keeper.hint(heard);
  assert.deepEqual(told, [`${seq + 2} cancelled`], call.id);
});

test('FL15 a hint about a briefing that is not open here is left to who opens it', async () => {
  const w = new FloorWorld();
  await w.floor.raiseHand(w.chair);
  const floor = w.live.get(w.briefing);
  assert.ok(floor);
  w.live.forget(w.briefing);
  w.takeOrders();
  await w.keeper.hint({ floor: { ...floor, seq: floor.seq + 1 }, calls: [] });
  assert.equal(w.live.get(w.briefing), undefined);
  await w.keeper.ensure(w.briefing, 'vn');
  assert.deepEqual([w.takeOrders()[0], w.seq()], ['open vn', floor.seq]);
});

test('FL13 FL15 the sweep asks the hall about the lines of those on stage whom this node carries', async () => {
  const w = new FloorWorld();
  const { identity } = w.pm.seat;
  w.onLine.delete(identity);
  await w.keeper.sweep();
  await w.floor.goLive(w.pm);
  await w.keeper.sweep();
  assert.equal(w.places(), 'vn:stage', 'another node may have its media');
  await w.keeper.line(w.briefing, identity, 'back');
  await w.keeper.sweep();
  assert.equal(w.places(), 'vn:holding');
  w.onLine.add(identity);
  await w.keeper.sweep();
  assert.equal(w.places(), 'vn:stage');
});

test('FL13 FL15 a lost line that could not be recorded is recorded by the sweep', async () => {
  const w = new FloorWorld();
  const { identity } = w.pm.seat;
  await w.keeper.sweep();
  await w.keeper.line(w.briefing, identity, 'back');
  await w.floor.goLive(w.pm);
  w.onLine.delete(identity);
  const change = w.store.change.bind(w.store);
  w.store.change = async () => {
    throw new Error('the store is away');
  };
  await w.keeper.line(w.briefing, identity, 'lost');
  assert.equal(w.places(), 'vn:stage');
  assert.equal(w.failures.length, 1);
  w.store.change = change;
  await w.keeper.sweep();
  assert.equal(w.places(), 'vn:holding');
});

test('FL13 FL14 after a restart who does not come back is held', async () => {
  const w = new FloorWorld();
  await w.floor.goLive(w.pm);
  w.onLine.clear();
  w.live.forget(w.briefing);
  await w.keeper.sweep();
  assert.equal(w.places(), 'vn:holding');
});

const away = () => {
  throw refuse('store-unavailable', 'no answer from two');
};

test('CL42 FL14 a node that begins holds nobody whom another has, and nobody at all while one has not said so', async () => {
  const w = new FloorWorld();
  await w.floor.goLive(w.pm);
  await w.bring(w.pm, w.chair);
  await w.bring(w.pm, w.neighbour);
  w.onLine.clear();
  w.live.forget(w.briefing);
  w.atOthers = away;
  await w.keeper.sweep();
  assert.equal(w.places(), 'vn:stage 1:stage 2:stage');
  w.atOthers = () =>
    new Map([
      [w.pm.seat.identity, 'media'],
      [w.chair.seat.identity, 'channel'],
    ]);
  await w.keeper.sweep();
  assert.equal(w.places(), 'vn:stage 1:stage 2:holding', 'of the second its own node knows more');
  w.atOthers = () => new Map();
  await w.keeper.sweep();
  assert.equal(w.places(), 'vn:stage 1:stage 2:holding', 'they are none of its business from here on');
  assert.deepEqual(w.failures, []);
});

test('CL42 FL13 a line that ends here, since its device went to another node, is not lost', async () => {
  const w = new FloorWorld();
  const { identity } = w.pm.seat;
  await w.keeper.open(w.briefing, 'vn');
  await w.floor.goLive(w.pm);
  await w.keeper.line(w.briefing, identity, 'back');
  const seq = w.seq();
  w.atOthers = () => new Map([[identity, 'media']]);
  w.onLine.delete(identity);
  await w.keeper.line(w.briefing, identity, 'lost');
  w.atOthers = () => new Map();
  await w.keeper.sweep();
  assert.deepEqual([w.places(), w.seq()], ['vn:stage', seq], 'nor does this node say so later');
  w.onLine.add(identity);
  await w.keeper.line(w.briefing, identity, 'back');
  w.atOthers = () => new Map([[identity, 'channel']]);
  await w.keeper.line(w.briefing, identity, 'lost');
  assert.equal(w.places(), 'vn:holding', 'its page is there, and nobody sees it');
});

test('CL42 FL13 where nobody can be asked, what was told last counts', async () => {
  const w = new FloorWorld();
  const { identity } = w.pm.seat;
  await w.floor.goLive(w.pm);
  w.atOthers = away;
  w.toldOfMedia.add(identity);
  await w.keeper.line(w.briefing, identity, 'lost');
  assert.equal(w.places(), 'vn:stage');
  w.toldOfMedia.clear();
  await w.keeper.line(w.briefing, identity, 'lost');
  assert.equal(w.places(), 'vn:holding');
});

test('CL42 FL13 a speaker whose node is no more is held, unless another has them by then', async () => {
  const w = new FloorWorld();
  await w.floor.goLive(w.pm);
  await w.bring(w.pm, w.chair);
  await w.keeper.sweep();
  w.onLine.clear();
  w.atOthers = () => new Map([[w.chair.seat.identity, 'media']]);
  w.keeper.orphaned(w.briefing, [w.pm.seat.identity, w.chair.seat.identity, w.neighbour.seat.identity]);
  await w.keeper.sweep();
  assert.equal(w.places(), 'vn:holding 1:stage');
});

test('FL16 closing ends everything in one act', async () => {
  const w = new FloorWorld();
  const call = await w.calls.start(w.pm, '1', 30);
  await w.calls.accept(w.chair, call.id);
  await w.calls.start(w.pm, '9', 30);
  await w.floor.raiseHand(w.neighbour);
  await w.floor.goLive(w.pm);
  const seq = w.seq();
  const seen: string[] = [];
  w.live.on('changed', (_, after) =>
    seen.push(`${after.seq - seq} ${after.speakers.length} ${after.hands.length} ${after.calls.length}`),
  );
  w.setState('closed');
  await w.keeper.close(w.briefing);
  assert.deepEqual(seen, ['1 0 0 0']);
  assert.deepEqual((await w.store.calls(w.briefing)).map((c) => c.state).sort(), ['cancelled', 'ended']);
  assert.equal(w.takeOrders().at(-1), 'close');
});
