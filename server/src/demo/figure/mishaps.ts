import { Dice } from './Dice.ts';
import { batchOf, type Mishap, type ScenarioBatch, type ScenarioRow, type Telling } from './scenario.ts';

const MINUTE = 60_000;

/** What befalls one batch of a platform after another; nothing, in between. */
const turns = [
  'retry',
  undefined,
  'late',
  'slip',
  undefined,
  'unknown',
  'duplicate',
  undefined,
  'contradiction',
] as const;

/** Hours of the last evening in which hospitals say nothing. */
const SILENT = ['T20:', 'T21:', 'T22:'] as const;

/**
 * Batches as platforms would send them: the same twice under one key, rows twice, late or contradicting each other,
 * codes that nobody knows, a nought too many, hours of silence, a total that falls; and the corrections. In the end
 * everything that was not silenced is as it would be without.
 * @param batches in the order of time, and so is what comes
 */
export function* withMishaps(
  batches: Iterable<ScenarioBatch>,
  { seed, reporters, lastDay }: Telling,
): Generator<ScenarioBatch> {
  let waiting: ScenarioBatch[] = [];
  let nr = 0;
  for (const batch of batches) {
    const [due, later] = [waiting.filter(({ at }) => at <= batch.at), waiting.filter(({ at }) => at > batch.at)];
    yield* due;
    waiting = later;
    // A few rows are somebody's own careful work.
    if (batch.rows.length < reporters.length) yield batch;
    else if (!isSilent(batch, lastDay)) {
      const sent = suffer(batch, turns[nr++ % turns.length], new Dice(seed, `mishap:${batch.key}`));
      yield* sent.filter(({ at }) => at <= batch.at);
      waiting = [...waiting, ...sent.filter(({ at }) => at > batch.at)].sort((a, b) => a.at.getTime() - b.at.getTime());
    }
  }
  yield* waiting;
}

const isSilent = ({ rows: [row] }: ScenarioBatch, lastDay: string): boolean =>
  row?.indicator === 'beds-free' && SILENT.some((hour) => row.period.startsWith(`${lastDay}${hour}`));

/** @returns what is sent instead of that batch: at once, and later */
function suffer(batch: ScenarioBatch, turn: (typeof turns)[number], dice: Dice): ScenarioBatch[] {
  const { rows } = batch;
  if (rows[0]?.indicator === 'covid-total' && turn === 'slip') return falls(batch, dice);
  switch (turn) {
    case 'late': {
      const late = new Set(dice.some(rows, Math.ceil(rows.length / 33)));
      return [
        resent(
          batch,
          0,
          rows.filter((row) => !late.has(row)),
          'late',
        ),
        resent(batch, 540, [...late], 'late'),
      ];
    }
    case 'slip': {
      const slipped = dice.some(
        rows.filter(({ value }) => Number(value) > 0),
        5,
      );
      const wrong = swapped(rows, slipped, (value) => value * 10);
      return [resent(batch, 0, wrong, 'slip'), corrected(batch, 40, slipped, 'Nhập thừa một chữ số 0')];
    }
    case 'unknown':
      return [resent(batch, 0, [...rows, ...strangers(batch)], 'unknown')];
    case 'duplicate':
      return [resent(batch, 0, [...rows, ...dice.some(rows, 50)], 'duplicate')];
    case 'contradiction': {
      const twice = dice.some(rows, 3);
      const other = twice.map((row) => ({ ...row, value: changed(row, (value) => value + 1) }));
      return [resent(batch, 0, [...rows, ...other], 'contradiction'), resent(batch, 25, twice, 'contradiction')];
    }
    case 'retry':
      return [resent(batch, 0, rows, 'retry'), resent(batch, 0, rows, 'retry')];
    default:
      return [batch];
  }
}

/** A cumulative figure that falls in a few units, until the next morning. */
function falls(batch: ScenarioBatch, dice: Dice): ScenarioBatch[] {
  const fallen = dice.some(
    batch.rows.filter(({ value }) => Number(value) >= 100),
    12,
  );
  const wrong = swapped(batch.rows, fallen, (value) => Math.floor(value / 2));
  return [resent(batch, 0, wrong, 'fall'), corrected(batch, 840, fallen, 'Số luỹ kế gửi thiếu, gửi lại')];
}

const strangers = ({ rows: [row] }: ScenarioBatch): ScenarioRow[] =>
  row
    ? [
        { ...row, unit: '99999' },
        { ...row, unit: 'HCM-Q1' },
        { ...row, indicator: `${row.indicator}-2` },
      ]
    : [];

const swapped = (
  rows: readonly ScenarioRow[],
  some: readonly ScenarioRow[],
  change: (value: number) => number,
): ScenarioRow[] => rows.map((row) => (some.includes(row) ? { ...row, value: changed(row, change) } : row));

/** Written with as many decimals as before. */
const changed = ({ value }: ScenarioRow, change: (value: number) => number): string =>
  change(Number(value)).toFixed(value?.split('.')[1]?.length ?? 0);

const after = ({ at }: ScenarioBatch, minutes: number): Date => new Date(at.getTime() + minutes * MINUTE);

const resent = (batch: ScenarioBatch, minutes: number, rows: readonly ScenarioRow[], mishap: Mishap): ScenarioBatch =>
  batchOf({ source: batch.source, at: after(batch, minutes), rows }, [mishap]);

const corrected = (
  batch: ScenarioBatch,
  minutes: number,
  rows: readonly ScenarioRow[],
  reason: string,
): ScenarioBatch => batchOf({ source: batch.source, at: after(batch, minutes), rows, reason }, ['correction']);
