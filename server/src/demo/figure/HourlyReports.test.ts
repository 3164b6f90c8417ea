import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLogger } from '../../observability/logger.ts';
import type { FigureRow } from '../../protocol/figureBatch.ts';
import { HourlyReports } from './HourlyReports.ts';
import { outbreak2021 } from './outbreak2021.ts';
import { dayBefore, type Reporter, type ScenarioRow, SEED } from './scenario.ts';
import { smallCountry } from './smallCountry.ts';

const hundredAndTwenty = Array.from({ length: 120 }, (_, i) => ({ code: String(10_000 + i), province: '79' }));

function world(at: string, reporters: readonly Reporter[] = hundredAndTwenty) {
  let now = new Date(at);
  let isAway = false;
  const took: { unit: string; period: string }[] = [];
  const all: ScenarioRow[] = [];
  const parts = {
    intake: {
      take: async (_: unknown, rows: readonly FigureRow[]) => {
        if (isAway) throw new Error('the store is away');
        all.push(...rows.map(({ row: _row, ...rest }) => rest));
        took.push(...rows.map(({ unit, period }) => ({ unit, period })));
        return { n: 1, seal: null, accepted: 0, unchanged: 0, held: 0, refused: 0, errors: [], dryRun: false };
      },
    },
    reporters,
    clock: { now: () => now },
    logger: createLogger('silent'),
  };
  const reports = new HourlyReports(parts);
  const tellAt = async (time: string) => {
    now = new Date(time);
    await reports.tell();
    return told();
  };
  /** Units by period since the last look; each says three figures. */
  const told = () => {
    const many = new Map<string, number>();
    for (const { period } of took.splice(0)) many.set(period, (many.get(period) ?? 0) + 1 / 3);
    return Object.fromEntries([...many].map(([period, units]) => [period, Math.round(units)]));
  };
  const setAway = (away: boolean) => {
    isAway = away;
  };
  return { reports, tellAt, setAway, values: () => all };
}

test('DC11 each minute a sixtieth of the units reports; what the hour had before the start, and the hour before, come first', async () => {
  const { reports, tellAt } = world('2026-12-03T03:09:30Z');
  assert.deepEqual(await tellAt('2026-12-03T03:09:30Z'), {
    '2026-12-03T09:00:00+07:00': 120,
    '2026-12-03T10:00:00+07:00': 20,
  });
  assert.deepEqual(await tellAt('2026-12-03T03:09:59Z'), {});
  assert.deepEqual(await tellAt('2026-12-03T03:10:01Z'), { '2026-12-03T10:00:00+07:00': 2 });
  await reports.close();
});

test('DC11 all units have reported an hour when it ends, and of a machine that was silent for hours the last one is told', async () => {
  const { reports, tellAt } = world('2026-12-03T03:57:00Z');
  await tellAt('2026-12-03T03:56:00Z');
  assert.deepEqual(await tellAt('2026-12-03T03:57:00Z'), { '2026-12-03T10:00:00+07:00': 2 });
  assert.deepEqual(await tellAt('2026-12-03T04:01:00Z'), {
    '2026-12-03T10:00:00+07:00': 4,
    '2026-12-03T11:00:00+07:00': 4,
  });
  assert.deepEqual(await tellAt('2026-12-03T17:00:10Z'), {
    '2026-12-03T23:00:00+07:00': 120,
    '2026-12-04T00:00:00+07:00': 2,
  });
  await reports.close();
});

test('DC11 what a store that was away did not take is told when it is back', async () => {
  const { reports, tellAt, setAway } = world('2026-12-03T03:00:00Z');
  await tellAt('2026-12-03T03:00:00Z');
  setAway(true);
  await assert.rejects(tellAt('2026-12-03T03:02:00Z'), /away/);
  setAway(false);
  assert.deepEqual(await tellAt('2026-12-03T03:03:00Z'), { '2026-12-03T10:00:00+07:00': 6 });
  await reports.close();
});

test('DC11 what it says of an hour that the scenario told is the same', async () => {
  const now = new Date('2026-12-03T03:59:00Z');
  const { reports, tellAt, values } = world(now.toISOString(), smallCountry);
  await tellAt(now.toISOString());
  const [last] = [
    ...outbreak2021.plain({ seed: SEED, reporters: smallCountry, lastDay: dayBefore(now), until: now }),
  ].slice(-1);
  const period = '2026-12-03T09:00:00+07:00';
  assert.deepEqual(
    last?.rows,
    values().filter((row) => row.period === period),
  );
  await reports.close();
});
