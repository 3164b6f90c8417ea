import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { EntryRecord } from '../../../domain/rollcall/entryRules.ts';
import { LiveRounds } from '../../../domain/rollcall/LiveRounds.ts';
import type { RoundFacts } from '../../../domain/rollcall/roundRules.ts';
import { Heard } from '../channel/Heard.ts';
import { rooms } from '../channel/rooms.ts';
import type { ChannelContext } from '../channel/types.ts';
import { RoundNotices } from './RoundNotices.ts';

const start = new Date('2026-09-02T07:00:00.000Z');
const deadline = new Date(start.getTime() + 3_600_000);
const paths = (...units: string[]) => units.map((unit) => ({ unit, path: `vn.${unit}` }));

/** A node with these seats. @param of what may be seen of its sockets and rooms; left out: nothing */
function world(seats: readonly string[], of: () => unknown = () => assert.fail('it looked through sockets or rooms')) {
  const briefing = randomUUID();
  const live = new LiveRounds();
  const seatUnits = new Heard();
  for (const unit of seats) seatUnits.enter(briefing, unit);
  const told: { to: string | readonly string[]; name: string; again: boolean }[] = [];
  const to = (to: string | readonly string[]) => ({
    emit: (name: string, { again }: { again: boolean }) => told.push({ to, name, again }),
  });
  const io = { local: { to }, of } as unknown as ChannelContext['io'];
  const context = { io, territories: new Heard(), seatUnits, now: () => start, showOut: () => undefined };
  const notices = new RoundNotices(context, live);
  const open = (units: ReturnType<typeof paths>) => {
    const round: RoundFacts = {
      ...{ id: randomUUID(), briefing, nr: 1, question: '?', scope: ['vn'], expected: units.length, openedAt: start },
      ...{ deadline, lateUntil: deadline, closedAt: null, repromptSeconds: 30, answerers: ['chair'], proof: 'tap' },
      ...{ challenge: null, quorum: null, reopens: null, by: 'PM', version: 1 },
    };
    return live.add({ round, units, entries: [] }, start, 0);
  };
  const answer = (round: string, unit: string): EntryRecord => ({
    ...{ round, unit, seq: 1, kind: 'answer', key: randomUUID(), at: start, late: false },
    ...{ account: randomUUID(), by: unit, identity: `${unit}.a`, answerer: 'chair', name: null, note: null },
  });
  const seatsOf = (...units: string[]) => units.map((unit) => rooms.seatsOf(briefing, unit));
  return { briefing, live, told, open, answer, seatsOf, notices };
}

test('RC17 DL4 a round for three of 20,000 is told to those of them who are here, and again to who is missing', () => {
  const many = Array.from({ length: 20_000 }, (_, i) => `${i}`);
  const { live, told, open, answer, seatsOf, notices } = world(many);
  const board = open(paths('7', '8', 'elsewhere'));
  board.apply([answer(board.round.id, '7')]);
  live.reprompt(board, 1);
  notices.close();
  assert.deepEqual(told, [
    { to: seatsOf('7', '8'), name: 'round', again: false },
    { to: seatsOf('8'), name: 'round', again: true },
  ]);
});

test('RC17 a round for all that are here is told to their common room; for none of them, to nobody', () => {
  const { briefing, told, open, notices } = world(['1', '2']);
  open(paths('1', '2', '3'));
  open(paths('4'));
  notices.close();
  assert.deepEqual(
    told.map(({ to }) => to),
    [rooms.seats(briefing), rooms.nobody],
  );
});

test('DL3 a device that answered at another node and is here by now is told so; one that answered here has its receipt', () => {
  for (const elsewhere of [false, true]) {
    const sockets = new Map([
      ['own', { data: { seat: { identity: '7.a' } } }],
      ['other', { data: { seat: { identity: '7.b' } } }],
    ]);
    const room = new Map<string, Set<string>>();
    const { briefing, live, told, open, answer, notices } = world(['7'], () => ({ sockets, adapter: { rooms: room } }));
    room.set(rooms.unit(briefing, '7'), new Set(sockets.keys()));
    const board = open(paths('7'));
    live.enter(board.round.id, [answer(board.round.id, '7')], elsewhere);
    notices.close();
    const heard = told.flatMap(({ name, to }) => (name === 'round.entry' ? [to] : []));
    assert.deepEqual(heard, [elsewhere ? ['own', 'other'] : ['other']]);
  }
});
