import type { z } from 'zod';
import { refuse } from '../../../protocol/errors.ts';
import type { Account, UnitCode } from '../../../protocol/organisation.ts';
import type { AskedNumber, askNumberSchema } from '../../../protocol/rollcallNumber.ts';
import { figureOf, may } from '../../shared/rights.ts';
import type { LiveFigures } from '../LiveFigures.ts';
import { askedCode } from './askedIndicator.ts';

/** Of a round: the number that it asks for, and the id of the round that it opens again. */
interface AskingRound {
  readonly number?: AskedNumber | undefined;
  readonly reopens: string | null;
}

/** What a roll-call that asks for a number needs to know of figures. */
export class AskedFigures {
  readonly #live: LiveFigures;

  constructor(live: LiveFigures) {
    this.#live = live;
  }

  /** FG60: a number of an indicator has its scale and its limits. @throws DomainError `bad-request` */
  numberFor(account: Account, wanted: z.output<typeof askNumberSchema>): AskedNumber {
    const { label, unit, scale, min, max, indicator: code } = wanted;
    if (min > max)
      throw refuse('bad-request', {
        vi: 'Số cần báo: giá trị nhỏ nhất lớn hơn giá trị lớn nhất',
        en: 'number: min is above max',
      });
    if (code === null) return { label, unit, scale, min, max, soft: null, indicator: null };
    const indicator = this.#live.definitions.indicators.get(code);
    const no = (vi: string, en: string) =>
      refuse('bad-request', { vi: `Số cần báo: chỉ tiêu ${code} ${vi}`, en: `number: the indicator ${code} ${en}` });
    // FG92: of what they may not see, they would read its limits, and what is answered would be values of it.
    if (!indicator || may(account, 'figure.read', figureOf(indicator, account.unit.path)) !== 'allowed')
      throw no('không có', 'is not there');
    if (indicator.simulated) throw no('là mô phỏng, không nhận giá trị thật', 'is simulated, and takes no real values');
    if (indicator.up !== 'sum')
      throw no('không phải tổng của các đơn vị báo', 'is not summed up from the units that report');
    if (indicator.scale !== scale)
      throw no(`có ${indicator.scale} chữ số thập phân`, `has ${indicator.scale} decimals`);
    const { hard, soft = null } = indicator.bounds ?? {};
    if (hard && (min < hard[0] || max > hard[1]))
      throw no(`nhận giá trị từ ${hard[0]} đến ${hard[1]} bậc`, `takes values from ${hard[0]} to ${hard[1]} steps`);
    return { label, unit, scale, min, max, soft, indicator: code };
  }

  /**
   * The value with which a unit's answer is compared: that of the indicator in the period that is shown, or of the round that is
   * opened again. null: there is none. (FG31, FG140, FG147)
   */
  last({ number, reopens }: AskingRound, unit: UnitCode): number | null {
    if (!number) return null;
    const { definitions, layout } = this.#live;
    const code = number.indicator ?? (reopens === null ? '' : askedCode(number, { id: reopens }));
    const indicator = definitions.indicators.get(code);
    const place = layout.placeOf(unit);
    const shown = indicator && place !== undefined && this.#live.shown(indicator, place);
    if (!indicator || !shown || place === undefined) return null;
    return this.#live.cellsNow(indicator, shown.period).part(place).value;
  }
}
