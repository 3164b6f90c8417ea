import assert from 'node:assert/strict';
import { test } from 'node:test';
import { person } from '../../../test/support/floorPeople.ts';
import { refuse } from '../../protocol/errors.ts';
import { Presence } from '../presence/Presence.ts';
import { AttendanceRecorder } from './AttendanceRecorder.ts';
import type { NewEvent, WeakMinute } from './events.ts';
import { intervalsOf, mergeIntervals } from './intervals.ts';
import type { BootSign } from './ports.ts';

const START = Date.UTC(2026, 8, 2, 7, 0, 0);

/** A recorder that follows a presence, over a log which keeps what was written and can be away. */
async function world() {
  let now = START;
  const clock = { now: () => new Date(now) };
  const written: { sign: BootSign; events: readonly NewEvent[]; weak: readonly WeakMinute[] }[] = [];
  const log = {
    away: false,
    record: async (sign: BootSign, events: readonly NewEvent[], weak: readonly WeakMinute[]) => {
      if (log.away) throw refuse('store-unavailable', 'away');
      written.push({ sign, events, weak });
    },
    alive: async (sign: BootSign) => log.record(sign, [], []),
  };
  const presence = new Presence({
    store: {
      load: async () => ({ expected: [{ code: '1', path: 'vn.79.1' }], seen: [], aliveAt: null }),
      save: async () => undefined,
    },
    names: { name: () => 'Unit', path: () => 'vn' },
    clock,
  });
  const time = { now: () => now, nowIn: () => now, elapsed: () => now - START, steps: 0 };
  const recorder = new AttendanceRecorder({ log, time, node: 'one' });
  recorder.follow(presence);
  await presence.open('b');
  const { seat } = person('1', 'seat', 'vn.79.1');
  const sighting = { briefing: 'b', identity: seat.identity, unit: seat.unit, path: seat.path };
  const events = () => written.flatMap((w) => w.events);
  return {
    presence,
    recorder,
    log,
    written,
    seat,
    events,
    /** `channel in 0`: line, kind, seconds since the start. */
    said: () => events().map(({ line, kind, at }) => `${line} ${kind} ${(at - START) / 1000}`),
    /** Seconds since the start. */
    at: (seconds: number) => {
      now = START + seconds * 1000;
      recorder.look();
    },
    media: (line: 'good' | 'weak' | 'lost' | 'off') => presence.media(sighting, line),
    /** What a reader makes of it, while the boots still live, in seconds. */
    intervals: () => {
      const boots = new Map(
        written.map(({ sign }) => [sign.boot, { aliveAt: sign.aliveAt, over: sign.endedAt !== null }]),
      );
      const newest = written.at(-1)?.sign.boot;
      for (const [boot, facts] of boots) boots.set(boot, { ...facts, over: facts.over || boot !== newest });
      return mergeIntervals(intervalsOf(events(), boots), 0).map(
        ({ from, to }) => `${(from - START) / 1000}-${(to - START) / 1000}`,
      );
    },
  };
}

test('AT1 a second channel of a device, and media that changes, are no events', async () => {
  const { presence, recorder, seat, at, media, said } = await world();
  presence.channelOpened('b', seat);
  presence.channelOpened('b', seat);
  at(1);
  media('good');
  media('weak');
  media('good');
  presence.channelClosed('b', seat.identity);
  at(2);
  presence.channelClosed('b', seat.identity);
  presence.channelClosed('b', seat.identity);
  await recorder.tick();
  assert.deepEqual(said(), ['channel in 0', 'media in 1', 'channel out 2']);
});

test('AT5 media that comes back stayed; media that does not left when it was lost', async () => {
  const { recorder, at, media, said } = await world();
  media('good');
  at(5);
  media('lost');
  at(8);
  media('good');
  at(10);
  media('lost');
  at(14);
  media('off');
  await recorder.tick();
  assert.deepEqual(said(), ['media in 0', 'media out 10']);
});

test('AT2 what could not be written is written by the next, under the same numbers', async () => {
  const { presence, recorder, log, seat, at, media, events } = await world();
  presence.channelOpened('b', seat);
  log.away = true;
  await assert.rejects(recorder.tick(), { reason: 'store-unavailable' });
  at(1);
  media('good');
  await assert.rejects(recorder.tick(), { reason: 'store-unavailable' });
  log.away = false;
  at(2);
  await recorder.tick();
  assert.deepEqual(
    events().map(({ seq, line, at: when }) => [seq, line, when - START]),
    [
      [0, 'channel', 0],
      [1, 'media', 1000],
    ],
  );
});

test('AT3 a boot says every 3 s that it is alive, and once that it ends; then everybody has left', async () => {
  const { presence, recorder, seat, at, written, said, intervals } = await world();
  presence.channelOpened('b', seat);
  for (let second = 0; second <= 9; second++) {
    at(second);
    await recorder.tick();
  }
  assert.deepEqual(
    written.map(({ sign }) => (sign.aliveAt - START) / 1000),
    [0, 3, 6, 9],
  );
  assert.deepEqual(intervals(), ['0-9']);
  at(10);
  await Promise.all([recorder.close(), recorder.close()]);
  presence.channelOpened('b', seat);
  assert.deepEqual(said(), ['channel in 0', 'channel out 10']);
  assert.deepEqual(
    written.flatMap(({ sign }) => (sign.endedAt === null ? [] : [(sign.endedAt - START) / 1000])),
    [10],
  );
});

test('AT3 the end of a briefing is the end of everybody in it', async () => {
  const { presence, recorder, seat, at, media, said } = await world();
  presence.channelOpened('b', seat);
  media('good');
  at(4);
  await presence.close('b');
  at(6);
  presence.channelClosed('b', seat.identity);
  media('off');
  await recorder.tick();
  assert.deepEqual(said(), ['channel in 0', 'media in 0', 'channel out 4', 'media out 4']);
});

test('AT4 a process that slept goes on as a new boot with whom it finds, and knows nothing of that time', async () => {
  const { presence, recorder, seat, at, media, written, intervals } = await world();
  presence.channelOpened('b', seat);
  media('good');
  await recorder.tick();
  at(14);
  await recorder.tick();
  at(60);
  await recorder.tick();
  at(63);
  await recorder.tick();
  assert.equal(new Set(written.map(({ sign }) => sign.boot)).size, 2);
  assert.deepEqual(intervals(), ['0-14', '60-63']);
});

test('AT4 a database that is away is no sleep: nothing is cut', async () => {
  const { presence, recorder, log, seat, at, written, intervals } = await world();
  presence.channelOpened('b', seat);
  await recorder.tick();
  log.away = true;
  for (let second = 1; second <= 60; second++) {
    at(second);
    if (second % 5 === 0) await assert.rejects(recorder.tick());
  }
  log.away = false;
  await recorder.tick();
  assert.equal(new Set(written.map(({ sign }) => sign.boot)).size, 1);
  assert.deepEqual(intervals(), ['0-60']);
});

test('AT8 time without a good line is written by minute, and the best of two devices counts', async () => {
  const { presence, recorder, seat, at, media, written } = await world();
  const phone = { briefing: 'b', identity: '1.phone', unit: '1', path: seat.path };
  media('good');
  at(50);
  media('weak');
  for (const second of [60, 70, 75]) at(second);
  await recorder.tick();
  presence.media(phone, 'good');
  for (const second of [80, 90, 95]) at(second);
  presence.media(phone, 'off');
  for (const second of [100, 105]) at(second);
  media('off');
  await recorder.close();
  const sums = new Map<number, number>();
  for (const { minute, ms } of written.flatMap(({ weak }) => weak))
    sums.set((minute - START) / 60_000, Math.max(sums.get((minute - START) / 60_000) ?? 0, ms / 1000));
  assert.deepEqual([...sums].sort(), [
    [0, 10],
    [1, 25],
  ]);
});
