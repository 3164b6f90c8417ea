import { GroupCommit, type Outcome } from '../../../lib/GroupCommit.ts';
import type { Quotas } from '../../../lib/Quotas.ts';
import { RateLimits } from '../../../lib/RateLimits.ts';
import { isAway, refuse, tooOften } from '../../../protocol/errors.ts';
import type { Indicator } from '../../../protocol/figureDefinition.ts';
import type { FigureEntered, FigureEntry, FormTask, SaidOfUnit } from '../../../protocol/figureForm.ts';
import { FORM_ENTRIES } from '../../../protocol/limits.ts';
import type { Account, UnitCode } from '../../../protocol/organisation.ts';
import { at, demand, isKeptFrom } from '../../shared/rights.ts';
import { kindOf } from '../definitions.ts';
import type { FigureDefinitions } from '../facts.ts';
import { ENTERING, FORM_LOOKS } from '../limits.ts';
import type { FigureTree } from '../placeRows.ts';
import type { FormAsk, FormOutcome, FormStore } from './facts.ts';
import { cellsAsked, cellsSaid, formTasks, saidOfUnit, typedBy } from './formTasks.ts';

type Done = Exclude<FormOutcome, { error: unknown }>;

interface Parts {
  readonly store: FormStore;
  readonly definitions: () => FigureDefinitions;
  readonly tree: () => FigureTree;
  /** FG90 */
  readonly isReporting: (indicator: Indicator, unit: UnitCode) => boolean;
  /** PostgreSQL's clock, about, for which cells are read; the store says the time that decides. */
  readonly now: () => number;
  readonly committed: (n: number) => void;
  readonly quotas: Quotas;
}

/** FG71, FG72: what units type in themselves, and what is said of them. */
export class FigureForm {
  readonly #o: Parts;
  readonly #limits: RateLimits;
  readonly #looks = new RateLimits(FORM_LOOKS);
  readonly #groups: GroupCommit<FormAsk, Done>;

  constructor(parts: Parts) {
    this.#o = parts;
    this.#limits = RateLimits.shared('figure-entries', FORM_ENTRIES, parts.quotas);
    this.#groups = new GroupCommit((source, asks) => this.#write(source, asks), {
      ...{ max: ENTERING.most, gatherMs: ENTERING.gatherMs, most: ENTERING.waiting, concernsAll: isAway },
      full: () =>
        refuse('busy', {
          vi: 'Quá nhiều lượt nhập đang chờ; chưa ghi gì, hãy gửi lại sau',
          en: 'too many entries wait; nothing was recorded, repeat later',
        }),
    });
  }

  /**
   * Resolves after the commit that contains it.
   * @throws DomainError `forbidden`, `rate-limited`, `not-found`, `bad-request`, `outside-territory`, `too-late`, `conflict`,
   * `busy`, `store-unavailable`
   */
  async enter(account: Account, by: Pick<FormAsk['by'], 'identity' | 'person'>, entry: FigureEntry) {
    const { code: unit, path } = account.unit;
    demand(account, 'figure.enter', at(path));
    const source = this.#o.definitions().sources.get(entry.source);
    if (!source || kindOf(source) !== 'form')
      throw refuse('not-found', {
        vi: `Nguồn ${entry.source} không nhập tay`,
        en: `units type nothing in for ${entry.source}`,
      });
    const wait = this.#limits.take(account.id);
    if (wait > 0)
      throw tooOften(
        {
          vi: 'Tài khoản này đã gửi quá nhiều lượt nhập trong mấy phút qua',
          en: 'this account has sent too many entries in the last minutes',
        },
        wait,
      );
    const ask = { ...entry, unit, path, by: { account: account.id, name: account.name, ...by } };
    return entered(await this.#groups.add(entry.source, ask));
  }

  /** What became of an entry whose answer did not come. @throws DomainError `forbidden` */
  async settle(account: Account, key: string): Promise<FigureEntered | null> {
    demand(account, 'figure.enter', at(account.unit.path));
    const done = await this.#o.store.underKey(account.unit.code, key);
    return done ? entered(done) : null;
  }

  /** FG72. @throws DomainError `forbidden`, `rate-limited` */
  async tasks(account: Account): Promise<{ now: string; tasks: FormTask[] }> {
    const { unit } = account;
    demand(account, 'figure.enter', at(unit.path));
    this.#look(account);
    const definitions = this.#o.definitions();
    const typed = typedBy({ definitions, tree: this.#o.tree(), unit, isReporting: this.#o.isReporting });
    // Of a unit that types nothing in nothing is asked of the store.
    if (typed.length === 0) return { now: new Date(this.#o.now()).toISOString(), tasks: [] };
    const { rows, now } = await this.#o.store.saidOf(unit.code, cellsAsked(typed, this.#o.now()));
    return { now: new Date(now).toISOString(), tasks: formTasks(typed, { definitions, rows, now }) };
  }

  /** FG21, FG23. @throws DomainError `forbidden`, `rate-limited` */
  async said(account: Account): Promise<SaidOfUnit[]> {
    demand(account, 'figure.read', at(account.unit.path));
    this.#look(account);
    const definitions = this.#named(account);
    const { rows, now } = await this.#o.store.saidOf(account.unit.code, cellsSaid(definitions, this.#o.now()));
    return saidOfUnit({ definitions, rows, now, path: account.unit.path });
  }

  /** FG145: with what the unit types in itself. */
  #named({ role, unit }: Account): FigureDefinitions {
    const definitions = this.#o.definitions();
    const typed = typedBy({ definitions, tree: this.#o.tree(), unit, isReporting: this.#o.isReporting });
    const own = new Set(typed.map(({ indicator }) => indicator.code));
    const named = [...definitions.indicators].filter(([code, of]) => own.has(code) || !isKeptFrom({ role }, of));
    return { ...definitions, indicators: new Map(named) };
  }

  #look({ id }: Account): void {
    const wait = this.#looks.take(id);
    if (wait > 0)
      throw tooOften(
        {
          vi: 'Tài khoản này xem số liệu của đơn vị quá nhiều lần',
          en: 'this account has looked at the numbers of its unit too often',
        },
        wait,
      );
  }

  async #write(source: string, asks: readonly FormAsk[]): Promise<readonly Outcome<Done>[]> {
    const outcomes: FormOutcome[] = [];
    for (const group of withoutDoubles(asks))
      outcomes.push(...(await this.#o.store.enter(source, group, this.#o.tree())));
    const last = Math.max(0, ...outcomes.map((each) => ('error' in each || !each.first ? 0 : (each.record.n ?? 0))));
    if (last > 0) this.#o.committed(last);
    return outcomes.map((outcome) => ('error' in outcome ? outcome : { ok: outcome }));
  }
}

/** In their order: a unit, or a key, that comes again is in the next transaction, which sees what the one before did. */
export function withoutDoubles(asks: readonly FormAsk[]): FormAsk[][] {
  const groups: FormAsk[][] = [];
  let known = new Set<string>();
  for (const ask of asks) {
    if (groups.length === 0 || known.has(ask.unit) || known.has(ask.key)) {
      groups.push([]);
      known = new Set();
    }
    groups.at(-1)?.push(ask);
    known.add(ask.unit).add(ask.key);
  }
  return groups;
}

const entered = ({ record, receipt, first }: Done): FigureEntered => {
  const { key, source, unit, n, at: recorded, said } = record;
  return { ...{ key, source, unit, n, at: recorded.toISOString(), values: [...said] }, receipt, first };
};
