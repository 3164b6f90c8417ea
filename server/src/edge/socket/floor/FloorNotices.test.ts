import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { person } from '../../../../test/support/floorPeople.ts';
import { AirTimes } from '../../../domain/floor/AirTimes.ts';
import { emptyFloor, type FloorState } from '../../../domain/floor/FloorState.ts';
import { AWAY_AFTER_MS } from '../../../domain/floor/HandsAway.ts';
import { LiveFloors } from '../../../domain/floor/LiveFloors.ts';
import type { AirTime, Call, Floor, Speaker } from '../../../protocol/floor.ts';
import { Heard } from '../channel/Heard.ts';
import { roomsOf } from '../channel/rooms.ts';
import type { ChannelContext, ChannelSocket } from '../channel/types.ts';
import { FloorNotices } from './FloorNotices.ts';

const at = '2026-09-02T07:00:00.000Z';
const briefing = randomUUID();
const pm = person(briefing, 'principal', 'vn').seat;
const chair = person(briefing, 'seat', 'vn.1.11').seat;
const call: Call = {
  ...{ id: randomUUID(), briefing, unit: '11', unitName: 'Unit 11', path: 'vn.1.11', state: 'ringing', why: null },
  ...{ caller: { account: pm.account, name: pm.name, role: pm.role }, ringingAt: at, deadline: at },
  ...{ answeredAt: null, endedAt: null, identity: null },
};
const onStage = (seat: Speaker['seat']): Speaker => ({
  ...{ seat, place: 'stage', since: at, muted: false, checked: true, call: null },
});

const never = (): Promise<AirTime> => new Promise(() => undefined);

/**
 * The rooms of a node with officials of vn, vn.1 and vn.2, and so many seats in each of vn.1.11, vn.1.12 and vn.2.21;
 * and each fan-out.
 */
function start(seats: number, airTime = never) {
  const rooms = new Map<string, Set<string>>();
  const territories = new Heard();
  for (const path of ['vn', 'vn.1', 'vn.2']) {
    territories.enter(briefing, path);
    for (const room of roomsOf({ id: briefing }, person(briefing, 'moderator', path).seat))
      rooms.set(room, new Set([path]));
  }
  for (const path of ['vn.1.11', 'vn.1.12', 'vn.2.21'])
    for (let i = 0; i < seats; i++)
      for (const room of roomsOf({ id: briefing }, person(briefing, 'seat', path).seat))
        rooms.set(room, (rooms.get(room) ?? new Set()).add(`${path} ${i}`));
  const fanOuts: { to: readonly string[]; except: readonly string[]; name: string; notice: unknown }[] = [];
  const target = (to: readonly string[], except: readonly string[] = []): object => ({
    except: (more: string[]) => target(to, [...except, ...more]),
    emit: (name: string, notice: unknown) => fanOuts.push({ to, except, name, notice }),
  });
  const local = { to: (room: string | string[]) => target([room].flat()) };
  const devices = new Map<string, object>();
  const io = { local, of: () => ({ adapter: { rooms }, sockets: devices }) } as unknown as ChannelContext['io'];
  const live = new LiveFloors();
  const channel = { io, territories, seatUnits: new Heard(), now: () => new Date(at), showOut: () => undefined };
  const notices = new FloorNotices(
    channel,
    { live, air: new AirTimes({ live, store: { airTime }, failed: () => undefined }) },
    { stage: new EventEmitter(), elsewhere: { tell: () => undefined, hear: () => undefined } },
    async () => undefined,
    () => ['Quận 1'],
  );
  live.apply({ floor: { ...emptyFloor(briefing), seq: 1 }, calls: [] });
  fanOuts.length = 0;
  let seq = 1;
  const apply = (change: Partial<FloorState>, calls: readonly Call[] = []) => {
    fanOuts.length = 0;
    const before = live.get(briefing) as FloorState;
    live.apply({ floor: { ...before, ...change, seq: ++seq }, calls });
    return fanOuts.map(
      ({ name, to }) => `${name} to ${to.map((room) => room.replace(`briefing:${briefing}:`, '')).join(' ')}`,
    );
  };
  return { apply, devices, fanOuts, live, notices };
}

for (const seats of [1, 3000])
  test(`FN5 with ${seats} seats in a unit, each class of receivers is one fan-out`, () => {
    const { apply, fanOuts } = start(seats);
    const hand = { seat: chair, raisedAt: at };
    assert.deepEqual(apply({ hands: [hand] }), [
      'floor to seats:11',
      'floor to officials:vn',
      'floor to officials:vn.1',
    ]);
    assert.deepEqual(apply({ speakers: [onStage(pm)] }), [
      'floor to seats screens',
      'floor to seats:11',
      'floor to officials:vn',
      'floor to officials:vn.1',
      'floor to officials:vn.2',
    ]);
    assert.match(
      fanOuts[0]?.except.join(' ') ?? '',
      /:seats:11 /,
      'who has a hand up gets the notice of their unit alone',
    );
  });

const stageOf1 = { unit: '1', path: 'vn.1', name: 'Tỉnh 1', since: at };
const main1 = { path: 'vn.1', stage: 'vn.1' };
const leader = person(briefing, 'moderator', 'vn.1').seat;

for (const seats of [1, 3000])
  test(`TR2 TR7 TR8 with ${seats} seats in a unit, a stage is told by one fan-out to whoever is shown it`, () => {
    const { apply, fanOuts } = start(seats);
    apply({ speakers: [onStage(pm)] });
    const opened = { stages: [stageOf1], mains: [main1] };
    assert.deepEqual(apply(opened), ['floor to officials:vn', 'floor to officials:vn.1'], 'nobody is there yet');
    const there = { ...onStage(leader), stage: 'vn.1' };
    assert.deepEqual(apply({ ...opened, speakers: [onStage(pm), there] }), [
      'floor to below:vn.1',
      'floor to officials:vn',
      'floor to officials:vn.1',
    ]);
    const [told, nation, province] = fanOuts.map(({ notice }) => notice as Floor);
    assert.deepEqual(
      [told, nation, province].map((floor) => [floor?.stage?.path, floor?.speakers.map((s) => s.seat.unit)]),
      [
        ['vn.1', ['1']],
        [undefined, ['vn']],
        ['vn.1', ['1']],
      ],
    );
    const listed = { ...stageOf1, people: [leader.name], shown: true };
    assert.deepEqual([told?.stages, nation?.stages, province?.stages], [undefined, [listed], [listed]]);
    // Whoever is shown another stage hears nothing of the nation's, and the other way round.
    apply({ speakers: [{ ...onStage(pm), muted: true }, there] });
    assert.deepEqual(
      fanOuts.map(({ to, except }) => [to.length, except.map((room) => room.replace(`briefing:${briefing}:`, ''))]),
      [
        [2, ['seats:vn', 'below:vn.1']],
        [1, []],
        [1, []],
      ],
    );
    assert.deepEqual(apply({ stages: [], mains: [], speakers: [{ ...onStage(pm), muted: true }] }), [
      'floor to below:vn.1',
      'floor to officials:vn',
      'floor to officials:vn.1',
    ]);
  });

test('TR16 who is shown a stage below another reads who is seen on that one, anew when it is somebody else', () => {
  const { apply, fanOuts } = start(1);
  const there = { ...onStage(leader), stage: 'vn.1' };
  const opened = { stages: [stageOf1], mains: [main1] };
  const above = () => (fanOuts.find(({ to }) => to.join().endsWith('below:vn.1'))?.notice as Floor | undefined)?.above;
  apply({ ...opened, speakers: [there] });
  assert.equal(above(), undefined, 'nobody stands on the stage of the nation');
  apply({ speakers: [there, onStage(pm), onStage(chair)] });
  assert.deepEqual(above(), { name: null, identity: pm.identity, speaker: pm.name }, 'a principal before others');
  apply({ speakers: [there, { ...onStage(pm), place: 'holding' }, onStage(chair)] });
  assert.deepEqual(above()?.identity, chair.identity);
  apply({ speakers: [there, { ...onStage(pm), place: 'holding' }, { ...onStage(chair), muted: true }] });
  assert.equal(above(), undefined, 'nothing of it is another, so nobody is told');
});

test('TR21 that a leader looks into another room is told to all who see where they stand, at which to officials who lead them', () => {
  const { apply, fanOuts } = start(1);
  const there = { ...onStage(leader), stage: 'vn.1' };
  const opened = { stages: [stageOf1], mains: [main1], speakers: [onStage(pm), there] };
  apply(opened);
  const looks = (identity: string, stage: string) => apply({ ...opened, entered: [{ identity, stage }] });
  const toldAt = (room: string) =>
    fanOuts.find(({ to }) => to.some((name) => name.endsWith(room)))?.notice as Floor | undefined;
  const awayAt = (room: string) => toldAt(room)?.speakers.map(({ away }) => away);
  looks(pm.identity, 'vn.1');
  assert.deepEqual(awayAt('seats'), [{}]);
  assert.deepEqual(awayAt('officials:vn'), [{ room: 'Tỉnh 1' }]);
  assert.deepEqual(awayAt('below:vn.1'), [undefined], 'they look unseen');
  assert.equal(toldAt('below:vn.1')?.above, undefined, 'of whom no small picture comes');
  looks(leader.identity, 'vn');
  assert.deepEqual(awayAt('below:vn.1'), [{}], 'another official of the room, or a commune');
  assert.deepEqual(awayAt('officials:vn.1'), [{ room: null }]);
  assert.deepEqual(awayAt('seats'), [undefined]);
  looks(leader.identity, 'vn.1');
  assert.deepEqual(awayAt('below:vn.1'), [undefined], 'back at where they stand');
});

test('FN1 a notice has the whole floor of its receiver, whatever has changed', () => {
  const { apply, fanOuts } = start(1);
  apply({ speakers: [onStage(pm)] });
  apply({ hands: [{ seat: chair, raisedAt: at }] });
  for (const { notice } of fanOuts) {
    const { seq, speakers, hands } = notice as Floor;
    assert.deepEqual([seq, speakers.length, hands.length], [3, 1, 1]);
  }
});

test('FN8 a unit is told its place in the queue; a hand that goes down is told to those behind it, twenty at most', () => {
  const { apply, fanOuts } = start(1);
  const paths = Array.from({ length: 30 }, (_, i) => `vn.2.${100 + i}`);
  const hands = ['vn.1.11', 'vn.1.12', ...paths].map((path) => ({
    seat: path === chair.path ? chair : person(briefing, 'seat', path).seat,
    raisedAt: at,
  }));
  apply({ hands });
  const placeTold = () => {
    const own = fanOuts.find(({ to }) => to[0]?.endsWith(':seats:12'));
    return (own?.notice as Floor | undefined)?.hands.map((hand) => hand.place);
  };
  assert.deepEqual(placeTold(), [2]);
  const told = apply({ hands: hands.slice(1) });
  assert.deepEqual(placeTold(), [1]);
  assert.ok(told.includes('floor to seats:12'));
  const far = person(briefing, 'seat', 'vn.1.12').seat;
  apply({ hands: [...hands.slice(2, 23), { seat: far, raisedAt: at }] });
  assert.deepEqual(placeTold(), [undefined], 'behind the first twenty no place is told');
});

test('FL60 a hand that is away is counted in nobody’s place, and again when its device is back', () => {
  const { apply, devices, live } = start(1);
  const [first, second] = ['vn.1.11', 'vn.1.12'].map((path) => person(briefing, 'seat', path).seat);
  assert.ok(first && second);
  const places: (number | undefined)[] = [];
  const emit = (_: string, { hands }: Floor) => places.push(hands[0]?.place);
  devices.set('vn.1.12 0', { data: { seat: second }, emit });
  const hands = [first, second].map((seat) => ({ seat, raisedAt: at }));
  apply({ hands });
  const floor = live.get(briefing) as FloorState;
  const look = (connected: boolean, elapsed: number) => {
    const before = live.handsAway.of(briefing);
    live.handsAway.look(briefing, hands, (identity) => connected || identity !== first.identity, elapsed);
    live.emit('handsAway', floor, before);
  };
  look(false, 0);
  assert.deepEqual(places, []);
  look(false, AWAY_AFTER_MS);
  assert.deepEqual(places, [1]);
  look(true, AWAY_AFTER_MS + 1);
  assert.deepEqual(places, [1, 2]);
});

test('FN4 a bell goes to the unit, also to a device that connects while it rings; its end to the same, and to the officials above', () => {
  const { apply, notices } = start(2);
  const rung = apply({ calls: [call] }, [call]).filter((line) => !line.startsWith('floor'));
  assert.deepEqual(rung, ['clock to unit:11', 'call.ring to unit:11']);

  const welcomed = (seat: Speaker['seat']) => {
    const names: string[] = [];
    notices.welcome({ emit: (name: string) => names.push(name) } as unknown as ChannelSocket, briefing, seat);
    return names;
  };
  assert.deepEqual(welcomed(chair), ['floor', 'call.ring']);
  assert.deepEqual(welcomed(person(briefing, 'seat', 'vn.1.12').seat), ['floor']);

  const accepted: Call = { ...call, state: 'accepted', answeredAt: at, identity: chair.identity };
  const silenced = apply({ calls: [accepted] }, [accepted]).filter((line) => line.startsWith('call'));
  assert.deepEqual(silenced, ['call.over to unit:11']);
  const ended: Call = { ...accepted, state: 'ended', endedAt: at };
  const over = apply({ calls: [] }, [ended]).filter((line) => line.startsWith('call'));
  assert.deepEqual(over, ['call.over to officials:vn officials:vn.1 officials:vn.1.11']);
});

test('FL20 a broadcast that begins is told to everybody, by one fan-out, and to whoever comes later', async () => {
  const air = { briefing, since: at, beforeMs: 90_000 };
  const { apply, fanOuts, notices } = start(1, async () => air);
  apply({ speakers: [onStage(pm)] });
  await setImmediate();
  const told = fanOuts.filter(({ name }) => name === 'floor.air');
  assert.deepEqual(
    told.map(({ to, notice }) => [to.length, notice]),
    [[1, air]],
  );
  const first: [string, unknown][] = [];
  const socket = { emit: (name: string, notice: unknown) => first.push([name, notice]) } as unknown as ChannelSocket;
  notices.welcome(socket, briefing, chair);
  assert.deepEqual(
    first.find(([name]) => name === 'floor.air'),
    ['floor.air', air],
  );
});
