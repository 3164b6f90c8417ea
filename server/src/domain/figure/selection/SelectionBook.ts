import { RateLimits } from '../../../lib/RateLimits.ts';
import { isRehearsal } from '../../../protocol/briefing.ts';
import { refuse, tooOften } from '../../../protocol/errors.ts';
import type { Indicator } from '../../../protocol/figureDefinition.ts';
import type { FigureSelection, SelectedUnit, SelectedUnitAnswer } from '../../../protocol/figureSelection.ts';
import type { Account, UnitCode, UnitPath } from '../../../protocol/organisation.ts';
import { at, demand, isKeptFrom, may } from '../../shared/rights.ts';
import { overlap } from '../../shared/territory.ts';
import { carriedOver } from '../carriedOver.ts';
import { SELECTIONS_READ } from '../limits.ts';
import { periodAfter, periodOf } from '../periods.ts';
import type { FigureReader } from '../ports.ts';
import { worstFirst } from './chooseUnits.ts';
import type { SelectionStore } from './ports.ts';
import { seenFrom } from './seenFrom.ts';

export interface SelectionBookParts {
  readonly store: SelectionStore;
  readonly said: Pick<FigureReader, 'load' | 'ofUnit'>;
  readonly tree: () => { find(code: UnitCode): { readonly path: UnitPath } | undefined };
}

/** Selections that were frozen: who may read what of them, and which units acts from them may reach. */
export class SelectionBook {
  readonly #o: SelectionBookParts;
  readonly #limits = new RateLimits(SELECTIONS_READ);

  constructor(parts: SelectionBookParts) {
    this.#o = parts;
  }

  /** FG57: the rows of the own territory. @throws DomainError `not-found`, `forbidden`, `outside-territory`, `rate-limited` */
  async read(account: Account, id: string): Promise<{ selection: FigureSelection; units: SelectedUnit[] }> {
    demand(account, 'figure.read', at(account.unit.path));
    const wait = this.#limits.take(account.id);
    if (wait > 0)
      throw tooOften(
        {
          vi: 'Tài khoản này đọc quá nhiều danh sách cùng lúc',
          en: 'so many selections are not read for one account at once',
        },
        wait,
      );
    const selection = await this.#find(id, account);
    const units = await this.#o.store.units(id, account.unit.path);
    if (units.length === 0)
      throw refuse('outside-territory', {
        vi: 'Danh sách này không có đơn vị nào thuộc địa bàn của bạn',
        en: 'this selection has no unit of your territory',
      });
    return { selection: this.#seen(account, selection, units.length), units: worstFirst(units, selection) };
  }

  /** FG57, FG58: one row, and when it was known. @throws DomainError as `read` */
  async unit(account: Account, id: string, code: UnitCode): Promise<SelectedUnitAnswer> {
    const selection = await this.#find(id, account);
    const unit = await this.#unit(account, 'figure.read', id, code);
    const own = await this.#o.store.units(id, account.unit.path);
    return { selection: this.#seen(account, selection, own.length), unit, since: await this.#since(selection, unit) };
  }

  /**
   * FG29: what a directive to it reaches: its units in the own territory.
   * @throws DomainError as `read`, and `rehearsal`
   */
  async reached(account: Account, id: string): Promise<readonly SelectedUnit[]> {
    demand(account, 'figure.select', at(account.unit.path));
    const { units } = await this.read(account, id);
    await this.#demandOfficial(id);
    return units;
  }

  /**
   * FG67: what a round of a briefing asks from it: its units in the own territory, and a place in which they lie.
   * @throws DomainError as `read`, and `rehearsal`
   */
  async asked(account: Account, id: string, briefing: string) {
    const home = account.unit.path;
    demand(account, 'figure.select', at(home));
    const { selection, units } = await this.read(account, id);
    if (!isRehearsal(briefing)) await this.#demandOfficial(id);
    const root = this.#o.tree().find(selection.root.unit)?.path;
    const place: UnitPath = (root !== undefined && overlap(root, home)) || home;
    return { place, units: new Set(units.map(({ unit }) => unit)) };
  }

  /**
   * FG29: of one unit, from a briefing.
   * @throws DomainError `not-found`, `forbidden`, `outside-territory`, `rehearsal`
   */
  async demandReached(account: Account, id: string, code: UnitCode, briefing: string): Promise<void> {
    await this.#find(id, account);
    await this.#unit(account, 'figure.select', id, code);
    if (!isRehearsal(briefing)) await this.#demandOfficial(id);
  }

  /** RH3: what binds somebody is not founded on what is on the chain of a rehearsal alone. */
  async #demandOfficial(id: string): Promise<void> {
    const briefing = await this.#o.store.briefingOf(id);
    if (briefing !== null && isRehearsal(briefing))
      throw refuse('rehearsal', {
        vi: 'Danh sách này lập trong buổi tổng duyệt: hãy chọn lại ở ngoài',
        en: 'this selection was made in a rehearsal: choose again outside of it',
      });
  }

  /** @param own how many units it has in their territory */
  #seen(account: Account, selection: FigureSelection, own: number): FigureSelection {
    const pathOf = (code: UnitCode) => this.#o.tree().find(code)?.path;
    return seenFrom(account.unit.path, selection, { own, pathOf });
  }

  /** FG145 */
  async #find(id: string, account: Account): Promise<FigureSelection> {
    const selection = await this.#o.store.find(id);
    if (!selection || isKeptFrom(account, selection.indicator))
      throw refuse('not-found', { vi: 'Không có danh sách này', en: 'there is no such selection' });
    return selection;
  }

  /** FG57: of another territory it is not told whether it is in there, since that is told by its value. */
  async #unit(
    account: Account,
    act: 'figure.read' | 'figure.select',
    id: string,
    code: UnitCode,
  ): Promise<SelectedUnit> {
    demand(account, act);
    const unit = await this.#o.store.unit(id, code);
    if (!unit || may(account, act, at(unit.path)) !== 'allowed')
      throw refuse('not-found', {
        vi: `Phần danh sách của bạn không có đơn vị ${code}`,
        en: `your part of this selection has no unit ${code}`,
      });
    return unit;
  }

  /** Of what is computed of two: since the later of both. */
  async #since({ indicator, period, n }: FigureSelection, { unit, value }: SelectedUnit): Promise<string | null> {
    if (value === null) return null;
    const { indicators } = await this.#o.said.load();
    const { up, code, numerator = '', denominator = '' } = indicator;
    const parts = up === 'ratio' ? [numerator, denominator] : [code];
    const found: number[] = [];
    for (const part of parts) {
      const of = indicators.get(part);
      const at = of && (await this.#saidAt(of, unit, Date.parse(period), n, up === 'ratio' ? undefined : value));
      if (at !== undefined) found.push(at);
    }
    return found.length === 0 ? null : new Date(Math.max(...found)).toISOString();
  }

  /** When a source said of a unit what counts. @param value undefined: whatever it is */
  async #saidAt(of: Indicator, unit: UnitCode, moment: number, n: number, value: number | undefined) {
    const period = periodOf(of.every, moment);
    const before = carriedOver(of);
    const periods = Array.from({ length: before + 1 }, (_, i) => periodAfter(of.every, period, i - before));
    const rows = await this.#o.said.ofUnit(of.code, unit, periods, n);
    const counting = rows.filter(
      (row) => !row.held && (value === undefined ? row.value !== null : row.value === value),
    );
    const last = counting.at(-1)?.period;
    // Of each source its last word; whoever said it first made it known.
    const words = new Map(counting.filter((row) => row.period === last).map((row) => [row.source, row.at.getTime()]));
    return words.size === 0 ? undefined : Math.min(...words.values());
  }
}
