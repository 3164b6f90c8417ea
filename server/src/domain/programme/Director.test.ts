import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { person } from '../../../test/support/floorPeople.ts';
import { emptyFloor } from '../floor/FloorState.ts';
import { LiveFloors } from '../floor/LiveFloors.ts';
import type { Stage, StageEvents } from '../shared/stage.ts';
import { Director } from './Director.ts';
import { LiveProgrammes } from './LiveProgrammes.ts';

const [B, second] = ['b', 1_000];
const pm = person(B, 'principal', 'vn').seat;
const chair = person(B, 'seat', 'vn.79.760.1').seat;

/** Two nodes with the same floor; each hears what the other says at once. */
function nodes() {
  const clock = { now: 100 * second };
  const node = (boot: string) => {
    const floors = new LiveFloors();
    const stage = Object.assign(new EventEmitter<StageEvents>(), {
      frame: () => undefined,
      silence: () => undefined,
    }) as unknown as Stage;
    const director = new Director({ floors, live: new LiveProgrammes(), stage, now: () => clock.now });
    const speakers = [pm, chair].map((seat) => {
      return {
        seat,
        place: 'stage' as const,
        since: '2026-09-02T07:00:00.000Z',
        muted: false,
        checked: false,
        call: null,
      };
    });
    floors.apply({ floor: { ...emptyFloor(B), seq: 1, speakers }, calls: [] });
    const say = (seat: { identity: string }, event: 'speaking' | 'left', speaking = false) =>
      stage.emit(event as 'speaking', { room: B, identity: seat.identity, sid: 'PA', attributes: {}, speaking });
    let seq = 1;
    /** The line of somebody on stage. */
    const line = (who: { identity: string }, place: 'stage' | 'holding') => {
      const moved = speakers.map((one) => (one.seat.identity === who.identity ? { ...one, place } : one));
      floors.apply({ floor: { ...emptyFloor(B), seq: ++seq, speakers: moved }, calls: [] });
    };
    return { boot, director, say, line };
  };
  const all = [node('one'), node('two')] as const;
  const [one, two] = all;
  one.director.on('voices', (voices) => two.director.hear(voices, 'one'));
  two.director.on('voices', (voices) => one.director.hear(voices, 'two'));
  const later = (ms: number) => {
    clock.now += ms;
    for (const { director } of all) director.sweep();
  };
  const shown = () => all.map(({ director }) => director.speakerOf(B));
  return { one, two, clock, later, shown };
}

test('PN8 CL44 who speaks at one node is shown large at both', (t) => {
  const { one, two, later, shown } = nodes();
  t.after(() => {
    for (const { director } of [one, two]) director.close();
  });
  assert.deepEqual(shown(), [pm.identity, pm.identity]);
  two.say(chair, 'speaking', true);
  later(5 * second);
  assert.deepEqual(shown(), [chair.identity, chair.identity]);
  one.say(pm, 'speaking', true);
  for (let i = 0; i < 10; i++) later(2 * second);
  assert.deepEqual(shown(), [chair.identity, chair.identity], 'who still speaks keeps the place, wherever they do');
  two.say(chair, 'speaking', false);
  later(5 * second);
  assert.deepEqual(shown(), [pm.identity, pm.identity]);
});

test('PN8 whose line is lost for five seconds gives way, and has the place again when they are back and speak', (t) => {
  const { one, two, later, shown } = nodes();
  t.after(() => {
    for (const { director } of [one, two]) director.close();
  });
  two.say(chair, 'speaking', true);
  later(5 * second);
  for (const node of [one, two]) node.line(chair, 'holding');
  two.say(chair, 'speaking', false);
  later(4 * second);
  assert.deepEqual(shown(), [chair.identity, chair.identity], 'a line that comes back soon moves nothing');
  later(second);
  assert.deepEqual(shown(), [pm.identity, pm.identity]);
  for (const node of [one, two]) node.line(chair, 'stage');
  later(5 * second);
  assert.deepEqual(shown(), [pm.identity, pm.identity]);
  two.say(chair, 'speaking', true);
  later(5 * second);
  assert.deepEqual(shown(), [chair.identity, chair.identity]);
});

test('CL44 what a node does not say again is forgotten', (t) => {
  const { one, two, clock, shown } = nodes();
  t.after(() => {
    for (const { director } of [one, two]) director.close();
  });
  two.say(chair, 'speaking', true);
  clock.now += 4 * second;
  one.director.sweep();
  assert.equal(shown()[0], chair.identity);
  one.say(pm, 'speaking', true);
  clock.now += 2 * second;
  one.director.sweep();
  clock.now += 2 * second;
  one.director.sweep();
  assert.equal(shown()[0], pm.identity, 'their node is no more');
});
