import { isDeepStrictEqual } from 'node:util';
import { RateLimits } from '../../../lib/RateLimits.ts';
import { Turns } from '../../../lib/Turns.ts';
import { DomainError, refuse, tooOften } from '../../../protocol/errors.ts';
import type { FigureSelection, SelectionAsk } from '../../../protocol/figureSelection.ts';
import type { Account, UnitCode, UnitPath } from '../../../protocol/organisation.ts';
import { at, demand, figureOf, noIndicator } from '../../shared/rights.ts';
import type { LiveFigures } from '../LiveFigures.ts';
import { ACTED_ON_WITHIN_MS, ACTING, SELECTIONS_OF_ONE } from '../limits.ts';
import { partsOf } from '../partsOf.ts';
import { periodOf } from '../periods.ts';
import type { FigureReader } from '../ports.ts';
import type { CellsAsk } from '../recordedCells.ts';
import { noNumber, notYet, noUnit } from '../refusals.ts';
import { shownAt } from '../shown/shownAt.ts';
import { chooseUnits } from './chooseUnits.ts';
import type { FrozenAsk, SelectionStore } from './ports.ts';

export interface SelectionsParts {
  readonly live: LiveFigures;
  readonly store: SelectionStore;
  readonly said: Pick<FigureReader, 'timeOf' | 'periods'>;
  readonly tree: () => { find(code: UnitCode): { readonly path: UnitPath; readonly name: string } | undefined };
  /** May they see the briefing? @throws DomainError `not-found`, `outside-territory` */
  readonly readBriefing: (account: Account, id: string) => Promise<unknown>;
}

/** Freezes what a rule chooses of a figure, as the server knows it. */
export class Selections {
  readonly #o: SelectionsParts;
  readonly #limits: RateLimits = new RateLimits(SELECTIONS_OF_ONE);
  readonly #turns: Turns = new Turns({ ...ACTING, full: () => crowded() });

  constructor(parts: SelectionsParts) {
    this.#o = parts;
  }

  /**
   * FG20, FG29, FG55.
   * @throws DomainError `forbidden`, `outside-territory`, `not-found`, `bad-request` (nobody is chosen), `conflict` (the
   * past, or the key of another selection), `not-live`, `briefing-closed`, `rate-limited`, `busy`, `store-unavailable`
   */
  async freeze(account: Account, ask: SelectionAsk): Promise<FigureSelection> {
    const { key, n, rule, briefing } = ask;
    const { live, said, store } = this.#o;
    const root = this.#unit(ask.root);
    demand(account, 'figure.select', at(root.path));
    if (briefing) await this.#o.readBriefing(account, briefing);
    const except = ask.except.map((code) => this.#unit(code).path);
    const indicator = live.definitions.indicators.get(ask.indicator);
    if (!indicator) throw noIndicator(ask.indicator);
    demand(account, 'figure.select', figureOf(indicator, root.path));
    if (n > live.n) throw notYet(n);
    const wait = this.#limits.take(account.id);
    if (wait > 0)
      throw tooOften(
        {
          vi: 'Tài khoản này lập quá nhiều danh sách cùng lúc',
          en: 'so many selections are not made by one account at once',
        },
        wait,
      );
    const nAt = await said.timeOf(n);
    if (nAt === undefined) throw noNumber(n);
    const period = periodOf(indicator.every, Date.parse(ask.period));
    const { layout } = live;
    const place = layout.placeOf(ask.root);
    if (place === undefined) throw noUnit(ask.root);
    // Whoever leads a country looks at a province on the map of the country.
    const roots = new Set([place, layout.placeOf(account.unit.code) ?? place]);
    await this.#demandPresent({ indicator, period, n, at: nAt }, [...roots]);
    const nameOf = (code: UnitCode): string => this.#o.tree().find(code)?.name ?? code;
    const choosing = { layout, root: place, rule, except: new Set(except), nameOf };
    const leaf = layout.isLeaf(place) ? place : undefined;
    const units = await live.lookAt({ indicator, period, n, at: nAt, leaf }, (cells) => chooseUnits(cells, choosing), {
      layout,
    });
    if (units.length === 0)
      throw refuse('bad-request', { vi: 'Ngưỡng này không chọn được đơn vị nào', en: 'this rule chooses nobody' });
    const by = { account: account.id, name: account.name, unit: account.unit.code };
    const draft = { key, indicator, period, n, nAt, rule, by, briefing, units, except: ask.except };
    const asked: FrozenAsk = {
      ...{ account: account.id, indicator: indicator.code, period, n, root: ask.root, rule, except: ask.except },
      briefing,
    };
    const whole = { ...draft, root: { unit: ask.root, path: root.path, name: root.name } };
    return this.#turns.take(() =>
      store.freeze(whole, (first) => {
        if (!isDeepStrictEqual(first, asked))
          throw refuse('conflict', {
            vi: 'Mã lượt này đã dùng cho một danh sách khác',
            en: 'this key was used for another selection',
          });
      }),
    );
  }

  /** FG20: the period that was shown as of N (FG140), and no N after which something has moved that whoever acts should have seen by now. */
  async #demandPresent({ indicator, period, n, at: nAt }: CellsAsk, roots: readonly number[]): Promise<void> {
    const { live, said, store } = this.#o;
    const past = refuse('conflict', {
      vi: 'Đây là số liệu cũ: hãy xem số liệu hiện nay rồi chọn ở đó',
      en: 'this is the past: look at what is known now, and choose there',
    });
    const shown = roots.flatMap((root) => live.shown(indicator, root) ?? []);
    const parts = partsOf(indicator);
    if (shown[0] && shown[0].n <= n) {
      if (!shown.some((one) => one.period === period)) throw past;
      return;
    }
    const { layout, definitions } = live;
    const wasShown = async (root: number): Promise<boolean> => {
      const of = { indicator, n, at: nAt, leaf: layout.isLeaf(root) ? root : undefined };
      const then = await shownAt(
        { ...of, root },
        {
          ...{ store: said, layout, indicators: definitions.indicators },
          look: (start, take) => live.lookAt({ ...of, period: start }, take, { layout }),
        },
      );
      return then?.period === period;
    };
    if (!(await Promise.all(roots.map(wasShown))).includes(true)) throw past;
    const moved = await store.movedSince(n, parts);
    if (moved !== undefined && live.now() - moved > ACTED_ON_WITHIN_MS) throw past;
  }

  #unit(code: UnitCode): { readonly path: UnitPath; readonly name: string } {
    const unit = this.#o.tree().find(code);
    if (!unit) throw noUnit(code);
    return unit;
  }
}

const crowded = () =>
  new DomainError(
    'busy',
    { vi: 'Lúc này có quá nhiều người chọn đơn vị theo số liệu', en: 'many choose by figures at this moment' },
    { retryAfterSeconds: ACTING.retryAfterSeconds },
  );
