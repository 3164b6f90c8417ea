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

test('DL5 500 answers in two seconds are at most 4 ticks a second to each territory and the other nodes, and none is missing', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const briefing = randomUUID();
  const units = Array.from({ length: 500 }, (_, i) => ({ unit: `1${i}`, path: `vn.1.1${i}` }));
  const round: RoundFacts = {
    ...{ id: randomUUID(), briefing, nr: 1, question: '?', scope: ['vn'], expected: units.length, openedAt: start },
    ...{ deadline, lateUntil: deadline, closedAt: null, repromptSeconds: null, answerers: ['chair'], proof: 'tap' },
    ...{ challenge: null, quorum: null, reopens: null, by: 'PM', version: 1 },
  };
  const live = new LiveRounds();
  live.add({ round, units, entries: [] }, start, 0);
  const territories = new Heard();
  for (const path of ['vn', 'vn.1']) territories.enter(briefing, path);
  const told: { room: string; tick: Notice<'round.tick'> }[] = [];
  const to = (room: string) => ({ emit: (_: string, tick: Notice<'round.tick'>) => told.push({ room, tick }) });
  const marks: number[] = [];
  const io = { local: { to } } as unknown as ChannelContext['io'];
  const ticker = new RoundTicker(
    { io, territories, seatUnits: new Heard(), now: () => start, showOut: () => undefined },
    live,
  );
  const news = new RoundNews(live, ({ seq }) => marks.push(seq));

  for (const [i, { unit }] of units.entries()) {
    const record: EntryRecord = {
      ...{ round: round.id, unit, seq: i + 1, kind: 'answer', key: randomUUID(), at: start, late: false, by: unit },
      ...{ identity: unit, answerer: 'chair', name: null, note: null },
    };
    live.enter(round.id, [record]);
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
