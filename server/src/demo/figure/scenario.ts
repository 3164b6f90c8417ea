import { hash } from 'node:crypto';
import type { Clock } from '../../lib/clock.ts';
import { vietNamTime } from '../../lib/vietNamTime.ts';
import type { FigureRow } from '../../protocol/figureBatch.ts';
import type { FigureSource, Indicator } from '../../protocol/figureDefinition.ts';

/** A unit that reports: it has none below it. */
export interface Reporter {
  readonly code: string;
  readonly province: string;
}

/** A row before it has a place in a file. */
export type ScenarioRow = Omit<FigureRow, 'row'>;

/** What real platforms do to those who receive from them. */
export type Mishap =
  | 'retry'
  | 'duplicate'
  | 'contradiction'
  | 'late'
  | 'unknown'
  | 'slip'
  | 'fall'
  | 'correction'
  | 'earlier';

/** What a platform sends at one moment. */
export interface ScenarioBatch {
  /** A UUID that follows from what is sent: whoever sends it again sends it under the same. */
  readonly key: string;
  readonly source: string;
  readonly at: Date;
  readonly rows: readonly ScenarioRow[];
  readonly reason?: string;
  readonly mishaps: readonly Mishap[];
}

/** The same arguments give the same batches, to the last byte. */
export interface Telling {
  readonly seed: number;
  readonly reporters: readonly Reporter[];
  /** `YYYY-MM-DD`, on which the last day of the scenario falls. */
  readonly lastDay: string;
  /** Of what is told by the hour, nothing later than this; the morning after, where nothing is said. */
  readonly until?: Date;
}

export interface Scenario {
  readonly name: string;
  readonly indicators: readonly Indicator[];
  readonly sources: readonly FigureSource[];
  /** What is true in the end, in the order of time. */
  plain(telling: Telling): Iterable<ScenarioBatch>;
  /** How it goes on from `begin`, an hour after the other, without end; what is said is of the moment that it is. */
  goesOn?(telling: Pick<Telling, 'seed' | 'reporters'>, begin: Date, clock: Clock): Iterable<ScenarioBatch>;
}

/** Of the figures of a demo. */
export const SEED = 1;

export function batchOf(batch: Omit<ScenarioBatch, 'key' | 'mishaps'>, mishaps: readonly Mishap[] = []): ScenarioBatch {
  return { ...batch, key: keyOf(batch), mishaps };
}

function keyOf({ source, at, rows, reason = '' }: Omit<ScenarioBatch, 'key' | 'mishaps'>): string {
  const hex = hash('sha256', JSON.stringify([source, at, reason, rows]));
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

/** The day that is `days` after (or before) it. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** A moment of that day by the clock of Viet Nam. @param time `HH:MM` */
export const momentOn = (day: string, time: string): Date => new Date(`${day}T${time}:00+07:00`);

/** The last day that is over, by the clock of Viet Nam. */
export const dayBefore = (moment: Date): string => dayAfter(vietNamTime(moment.toISOString()).slice(0, 10), -1);
