import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { EntryRecord } from '../../../domain/rollcall/entryRules.ts';
import { LiveRounds } from '../../../domain/rollcall/LiveRounds.ts';
import { RoundNews } from '../../../domain/rollcall/RoundNews.ts';
import type { RoundFacts } from '../../../domain/rollcall/roundRules.ts';
import type { Notice } from '../../../protocol/channel.ts';
import { Heard } from '../channel/Heard.ts';
import type { ChannelContext } from '../channel/types.ts';
import { RoundTicker } from './RoundTicker.ts';

const start = new Date('2026-09-02T07:00:00.000Z');
const deadline = new Date(start.getTime() + 3_600_000);

/** A live round of these units, told to officials of these territories; what each of them was told, newest last. */
function tick(
  units: { unit: string; path: string }[],
  watched: string[],
  quorum: RoundFacts['quorum'],
  number?: RoundFacts['number'],
) {
  const briefing = randomUUID();
  const round: RoundFacts = {
    ...{ id: randomUUID(), briefing, nr: 1, question: '?', scope: ['vn'], expected: units.length, openedAt: start },
    ...{ deadline, lateUntil: deadline, closedAt: null, repromptSeconds: null, answerers: ['chair'], proof: 'tap' },
    ...{ challenge: null, quorum, reopens: null, by: 'PM', version: 1 },
    ...(number && { number }),
  };
  const live = new LiveRounds();
  live.add({ round, units, entries: [] }, start, 0);
  const territories = new Heard();
  for (const path of watched) territories.enter(briefing, path);
  const told: { room: string; tick: Notice<'round.tick'> }[] = [];
  const sums: { room: string; sums: Notice<'round.sums'>['sums'] }[] = [];
  const to = (room: string) => ({
    emit: (name: string, notice: Notice<'round.tick'> & Notice<'round.sums'>) =>
      name === 'round.sums' ? sums.push({ room, sums: notice.sums }) : told.push({ room, tick: notice }),
  });
  const io = { local: { to } } as unknown as ChannelContext['io'];
  const ticker = new RoundTicker(
    { io, territories, seatUnits: new Heard(), now: () => start, showOut: () => undefined },
    live,
  );
  return { live, round, told, sums, ticker };
}
const answered = (round: RoundFacts, unit: string, seq: number): EntryRecord => ({
  ...{ round: round.id, unit, seq, kind: 'answer', key: randomUUID(), at: start, late: false },
  ...{ account: unit, by: unit, identity: unit, answerer: 'chair', name: null, note: null },
});

test('RC14 a tick tells an official the missing provinces of their own territory only', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const units = ['vn.1.11', 'vn.1.12', 'vn.2.21'].map((path) => ({ unit: path.slice(5), path }));
  const quorum = { tier: 'province', percent: 100, units: ['vn.1', 'vn.2'] };
  const { live, round, told, ticker } = tick(units, ['vn', 'vn.1', 'vn.1.11'], quorum);
  live.enter(round.id, [answered(round, '11', 1)]);
  t.mock.timers.tick(250);
  ticker.close();
  const toldTo = (path: string) => told.find(({ room }) => room.endsWith(`:officials:${path}`))?.tick;
  assert.deepEqual(toldTo('vn')?.quorum, { satisfied: false, missing: ['1', '2'] });
  assert.deepEqual(toldTo('vn.1')?.quorum, { satisfied: false, missing: ['1'] });
  assert.equal(toldTo('vn.1.11')?.quorum, undefined, 'no province lies in a commune');
});

test('DL5 500 answers in two seconds are at most 4 ticks a second to each territory and the other nodes, and none is missing', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const units = Array.from({ length: 500 }, (_, i) => ({ unit: `1${i}`, path: `vn.1.1${i}` }));
  const { live, round, told, ticker } = tick(units, ['vn', 'vn.1'], null);
  const marks: number[] = [];
  const news = new RoundNews(live, ({ seq }) => marks.push(seq));

  for (const [i, { unit }] of units.entries()) {
    live.enter(round.id, [answered(round, unit, i + 1)]);
    t.mock.timers.tick(4);
  }
  ticker.close();
  news.close();

  const inTwoSeconds = 8;
  for (const path of ['vn', 'vn.1']) {
    const ticks = told.filter(({ room }) => room.endsWith(`:officials:${path}`));
    assert.equal(ticks.length, inTwoSeconds);
    const row = ticks.at(-1)?.tick.counts.find(({ unit }) => unit === (path === 'vn' ? 'vn' : '1'));
    assert.deepEqual([row?.answered, row?.called], [500, 0]);
  }
  assert.equal(told.length, 2 * inTwoSeconds, 'nothing else was told to anybody');
  assert.deepEqual([marks.length, marks.at(-1)], [inTwoSeconds, 500]);
});

test('FG32 FG24 sums are told once to each territory with its counts, and not where nothing of them moved', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const units = ['vn.1.11', 'vn.1.12', 'vn.2.21'].map((path) => ({ unit: path.slice(5), path }));
  const number = { label: 'Giường', unit: 'giường', scale: 0, min: 0, max: 999, soft: null, indicator: null };
  const { live, round, sums, ticker } = tick(units, ['vn', 'vn.1', 'vn.2'], null, number);
  const said = (unit: string, seq: number, value: number): EntryRecord => ({
    ...{ ...answered(round, unit, seq), number: { value, held: false } },
  });
  t.mock.timers.tick(250);
  sums.length = 0;
  live.enter(round.id, [said('11', 1, 3), said('12', 2, 4)]);
  t.mock.timers.tick(250);
  const rows = (path: string) =>
    sums
      .filter(({ room }) => room.endsWith(`:officials:${path}`))
      .map((one) => Object.fromEntries(one.sums.map(({ unit, value, coverage }) => [unit, [value, coverage.fresh]])));
  assert.deepEqual(rows('vn'), [{ vn: [7, 2], 1: [7, 2] }]);
  assert.deepEqual(rows('vn.1'), [{ 1: [7, 2] }]);
  assert.deepEqual(rows('vn.2'), []);
  live.enter(round.id, [{ ...answered(round, '21', 3), kind: 'excused', answerer: null }]);
  t.mock.timers.tick(250);
  ticker.close();
  assert.equal(rows('vn').length, 1, 'an excuse moves no sum');
});
