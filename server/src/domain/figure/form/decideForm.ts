import { isDeepStrictEqual } from 'node:util';
import { atOnce } from '../../../lib/slices.ts';
import { type DomainError, refuse } from '../../../protocol/errors.ts';
import type { FigureRow } from '../../../protocol/figureBatch.ts';
import type { Indicator } from '../../../protocol/figureDefinition.ts';
import type { EnteredValue } from '../../../protocol/figureForm.ts';
import { stepsOf } from '../../../protocol/figureValue.ts';
import type { DoubtedCell, StandingCells } from '../decideBatch.ts';
import { doubting } from '../doubting.ts';
import type { Observation } from '../facts.ts';
import { periodOf } from '../periods.ts';
import { type CellRow, type IntakeGround, placeRows } from '../placeRows.ts';
import type { FormAsk, FormRecord } from './facts.ts';
import { isPastDue, takesValues } from './openPeriods.ts';

/** The cells of one entry, or why nothing of it is recorded. */
export type PlacedEntry = { readonly cells: readonly CellRow[] } | { readonly error: unknown };

export type FormDecision =
  | {
      readonly said: readonly EnteredValue[];
      readonly fresh: readonly Omit<Observation, 'batch' | 'source'>[];
      readonly doubted: readonly DoubtedCell[];
    }
  | { readonly error: unknown };

/** FG71: an entry is good as a whole, or refused by the first of its values that is not. Pure. */
export function placeEntries(asks: readonly FormAsk[], ground: IntakeGround): PlacedEntry[] {
  return asks.map(({ unit, values }) => {
    const rows = values.map((value, i): FigureRow => ({ ...value, unit, row: i + 1 }));
    const { placed, errors } = placeRows(rows, ground);
    const [wrong] = errors;
    if (wrong) {
      const { indicator } = values[wrong.row - 1] ?? {};
      const reason = wrong.reason === 'outside-territory' ? wrong.reason : 'bad-request';
      return { error: refuse(reason, `${indicator}: ${wrong.say.en}`) };
    }
    const closed = placed.find((cell) => {
      const indicator = ground.indicators.get(cell.indicator);
      return indicator && !takesValues(indicator, cell.period, ground.now);
    });
    if (closed)
      return {
        error: refuse('too-late', {
          vi: `${closed.indicator}: kỳ này không nhận giá trị nữa`,
          en: `${closed.indicator}: this period takes no values any more`,
        }),
      };
    return { cells: placed };
  });
}

/** FG7, FG14, FG18: what each entry changes. Pure. @param placed of different units, in the order of the asks */
export function decideForm(
  asks: readonly FormAsk[],
  placed: readonly PlacedEntry[],
  { indicators, now }: Pick<IntakeGround, 'indicators' | 'now'>,
  standing: StandingCells,
): FormDecision[] {
  return placed.map((entry, i): FormDecision => {
    if ('error' in entry) return entry;
    const reason = asks[i]?.reason;
    const fresh: Omit<Observation, 'batch' | 'source'>[] = [];
    const said: EnteredValue[] = [];
    const doubted: DoubtedCell[] = [];
    const doubt = atOnce(doubting(entry.cells, indicators, standing));
    for (const { row: _, ...cell } of entry.cells) {
      const indicator = indicators.get(cell.indicator) as Indicator;
      const before = standing.newest({ ...cell, row: 0 });
      const isNew = !before || before.value !== cell.value || before.status !== cell.status;
      if (before && isNew && reason === undefined && isPastDue(indicator, cell.period, now))
        return {
          error: refuse('bad-request', {
            vi: `${cell.indicator}: đã quá hạn báo, nên khi sửa phải nêu lý do`,
            en: `${cell.indicator}: it was due, so a correction says why`,
          }),
        };
      const why = isNew ? doubt({ ...cell, row: 0 }) : undefined;
      const held = isNew ? why !== undefined : before.held && !before.isDecided;
      if (isNew) fresh.push({ ...cell, revision: (before?.revision ?? 0) + 1, held });
      if (why) doubted.push({ ...why, indicator: cell.indicator, period: cell.period, unit: cell.unit });
      said.push({
        ...{ indicator: cell.indicator, period: new Date(cell.period).toISOString(), value: cell.value },
        ...{ held, fresh: isNew },
      });
    }
    return { said, fresh, doubted };
  });
}

/** FG71: what stands under the key of an entry is that entry, or refuses it. Pure. */
export function foreignKey(
  ask: Pick<FormAsk, 'unit' | 'source' | 'values' | 'reason'>,
  record: Pick<FormRecord, 'unit' | 'source' | 'said' | 'reason'>,
  indicators: IntakeGround['indicators'],
): DomainError | undefined {
  if (record.unit !== ask.unit)
    return refuse('conflict', {
      vi: 'Một đơn vị khác đã gửi bằng mã lượt này',
      en: 'another unit has sent something under this key',
    });
  const { source, reason, said } = record;
  const isSame =
    source === ask.source &&
    reason === (ask.reason ?? null) &&
    isDeepStrictEqual(new Set(said.map(cellText)), new Set(ask.values.map((value) => textOf(value, indicators))));
  return isSame
    ? undefined
    : refuse('conflict', {
        vi: 'Mã lượt này đã ghi nhận một nội dung khác',
        en: 'something else was typed in under this key, and is on record',
      });
}

const cellText = ({ indicator, period, value }: Pick<EnteredValue, 'indicator' | 'period' | 'value'>): string =>
  [indicator, Date.parse(period), value].join(' ');

/** The same of what is typed, however it is written: FG1, it is read as it was read then. */
function textOf(
  { indicator, period, value }: FormAsk['values'][number],
  indicators: IntakeGround['indicators'],
): string {
  const { every, scale } = indicators.get(indicator) ?? { every: 'once', scale: 0 };
  const start = new Date(periodOf(every, Date.parse(period))).toISOString();
  return cellText({ indicator, period: start, value: value === null ? null : (stepsOf(value, scale) ?? Number.NaN) });
}
