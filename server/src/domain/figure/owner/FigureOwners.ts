import { RateLimits } from '../../../lib/RateLimits.ts';
import { isRehearsal } from '../../../protocol/briefing.ts';
import { refuse, tooOften } from '../../../protocol/errors.ts';
import type { FigureCard } from '../../../protocol/figure.ts';
import type { RowError } from '../../../protocol/figureBatch.ts';
import type { FigureSource } from '../../../protocol/figureDefinition.ts';
import type { OpenValue, OwnedFigures, OwnedSource } from '../../../protocol/figureOwned.ts';
import type { PullState } from '../../../protocol/figurePull.ts';
import { MOST_OWNED } from '../../../protocol/limits.ts';
import { type Account, codeOf, type Unit, type UnitCode, type UnitPath } from '../../../protocol/organisation.ts';
import { inLine } from '../../../protocol/placeName.ts';
import { demand, figuresOf, may } from '../../shared/rights.ts';
import { overlap, upFrom } from '../../shared/territory.ts';
import { kindOf } from '../definitions.ts';
import { doubtSaid } from '../doubtWords.ts';
import type { FigureDefinitions } from '../facts.ts';
import { BATCHES_TOLD, DECIDED_TOLD, DESK_LOOKS } from '../limits.ts';
import { type ListPage, listedFrom } from '../listPage.ts';
import type { PullReader } from '../pull/ports.ts';
import { noSource } from '../refusals.ts';
import { seenBeside } from '../seenBeside.ts';
import type { BatchOfSource, FigureOwnerStore } from './ports.ts';

interface OwnerTree {
  find(code: UnitCode): Pick<Unit, 'path' | 'name'> | undefined;
  /** In path order. */
  subtree(code: UnitCode): readonly Pick<Unit, 'code'>[];
}

interface Parts {
  readonly store: FigureOwnerStore;
  readonly definitions: () => FigureDefinitions;
  readonly tree: () => OwnerTree;
  /** Source -> since when its keys are good. */
  readonly keys: () => Promise<ReadonlyMap<string, readonly Date[]>>;
  readonly pulls: PullReader;
  readonly card: (indicator: string, root: UnitCode) => FigureCard | undefined;
}

interface Seen extends Omit<OwnedSource, 'batches' | 'keys' | 'pull'> {
  /** Whether all that it sends is theirs. */
  readonly isWhole: boolean;
}

/** FG39: what whoever answers for figures has of them. */
export class FigureOwners {
  readonly #o: Parts;
  readonly #limits = new RateLimits(DESK_LOOKS);

  constructor(parts: Parts) {
    this.#o = parts;
  }

  /** @throws DomainError `forbidden`, `rate-limited`, `store-unavailable` */
  async owned(account: Account, openFrom = 0): Promise<OwnedFigures> {
    demand(account, 'figure.upload');
    const wait = this.#limits.take(account.id);
    if (wait > 0)
      throw tooOften(
        {
          vi: 'Tài khoản này xem số liệu của mình quá nhiều lần',
          en: 'this account has looked at its figures too often',
        },
        wait,
      );
    const { store, definitions, card } = this.#o;
    const { indicators, sources } = definitions();
    const seen = [...sources.values()].flatMap((source) => this.#seen(account, source) ?? []);
    // Of leaders those of their sources.
    const own = new Set(account.indicators ?? seen.flatMap((source) => source.indicators));
    const batches = await store.batches(
      seen.map(({ code }) => code),
      [...own],
      BATCHES_TOLD,
    );
    const keys = await this.#o.keys();
    const pulled = seen.flatMap(({ code, kind }) => (kind === 'pull' ? [code] : []));
    const pulls = pulled.length > 0 ? await this.#o.pulls.states(pulled) : undefined;
    return {
      indicators: [...indicators.values()].filter(({ code }) => own.has(code)),
      sources: seen.map((source) => ({
        ...told(source, batches, keys.get(source.code) ?? []),
        pull: pullTold(source, pulls?.get(source.code)),
      })),
      cards: account.indicators?.flatMap((code) => card(code, account.unit.code) ?? []) ?? [],
      ...(await this.#open(account, openFrom)),
      decided: await this.#decided(account),
      staged: await this.#staged(account),
    };
  }

  /** FG6: what is kept of the rows of a batch that were refused. @throws DomainError `not-found`, `forbidden`, `outside-territory` */
  async errors(account: Account, n: number): Promise<readonly RowError[]> {
    const found = await this.#o.store.errors(n);
    if (!found) throw refuse('not-found', { vi: `Không có lô ${n}`, en: `there is no batch ${n}` });
    this.#demandWhole(account, found.source);
    return found.errors;
  }

  /** FG64: rows that were refused when a source was asked last. @throws DomainError as `errors` */
  async pullErrors(account: Account, code: string): Promise<readonly RowError[]> {
    this.#demandWhole(account, code);
    return this.#o.pulls.errors(code);
  }

  /** They tell values of all that the source sends. */
  #demandWhole(account: Account, code: string): void {
    const source = this.#o.definitions().sources.get(code);
    const root = source && this.#o.tree().find(source.root);
    if (!source || !root) throw noSource(code);
    demand(account, 'figure.upload', figuresOf(source.indicators, root.path));
  }

  #seen(account: Account, source: FigureSource): Seen | undefined {
    const root = this.#o.tree().find(source.root);
    if (!root) return undefined;
    const { code, name, rank, simulated } = source;
    const kind = kindOf(source);
    const isOwn = (act: 'figure.upload' | 'figure.own', codes: readonly string[]): boolean =>
      may(account, act, figuresOf(codes, root.path)) === 'allowed';
    const isWhole = isOwn('figure.upload', source.indicators);
    const mayUpload = kind === 'upload' && isWhole;
    const own = source.indicators.filter((one) => mayUpload || isOwn('figure.own', [one]));
    if (own.length === 0) return undefined;
    return {
      ...{ code, name, rank, simulated, kind, isWhole, mayUpload, indicators: own },
      root: { code: source.root, name: root.name },
    };
  }

  async #open({ indicators, unit }: Account, skipped: number): Promise<Pick<OwnedFigures, 'open' | 'openOf'>> {
    if (!indicators) return { open: [] };
    const read = (page: ListPage) => this.#o.store.open(indicators, this.#inside(unit), page);
    const { rows, count, from } = await listedFrom(
      { from: skipped, most: MOST_OWNED },
      read,
      (found) => found.rows.length === 0,
    );
    const open = rows.flatMap((row): OpenValue[] => {
      const found = this.#o.tree().find(row.unit);
      const { contest } = row;
      const by = contest && { ...contest, unit: this.#o.tree().find(contest.unit)?.name ?? contest.unit };
      if (!found) return [];
      const place = { path: found.path, name: found.name, within: this.#within(found.path) };
      const beside = seenBeside(row, this.#o.definitions().indicators, (code) => indicators.includes(code));
      return [{ ...row, ...place, ...doubtSaid(row.reason), beside, contest: by }];
    });
    return { open, openOf: { values: count, from } };
  }

  /** FG39: who sends a value reads what became of it, and why. */
  async #decided({ indicators, unit }: Account): Promise<OwnedFigures['decided']> {
    if (!indicators) return [];
    const rows = await this.#o.store.decided(indicators, this.#inside(unit), DECIDED_TOLD);
    return rows.flatMap((row) => {
      const found = this.#o.tree().find(row.unit);
      return found ? [{ ...row, name: found.name, within: this.#within(found.path) }] : [];
    });
  }

  #within(path: UnitPath): string {
    const above = [...upFrom(path)].slice(1, -1).map(codeOf);
    return above.flatMap((code) => inLine(this.#o.tree().find(code)?.name ?? '') || []).join(', ');
  }

  /** Units of a territory, itself first; undefined: all there are. */
  #inside({ path, code: root }: Account['unit']): UnitCode[] | undefined {
    if (!path.includes('.')) return undefined;
    return this.#o
      .tree()
      .subtree(root)
      .map(({ code }) => code);
  }

  async #staged({ indicators, unit }: Account): Promise<OwnedFigures['staged']> {
    if (!indicators) return [];
    const inside = this.#inside(unit);
    const roots = inside && [...[...upFrom(unit.path)].map(codeOf), ...inside.slice(1)];
    const rows = await this.#o.store.staged(indicators, roots, MOST_OWNED);
    // What was shown of another province is not theirs, and rehearsals are nobody's record.
    return rows.flatMap(({ root, briefing, ...row }) => {
      const path = this.#o.tree().find(root)?.path;
      const isOwn = path !== undefined && overlap(path, unit.path) !== undefined && !isRehearsal(briefing);
      return isOwn ? [row] : [];
    });
  }
}

function told({ isWhole, ...source }: Seen, batches: readonly BatchOfSource[], keys: readonly Date[]) {
  const own = batches.filter((batch) => batch.source === source.code);
  return {
    ...source,
    keys: keys.map((made) => made.toISOString()),
    batches: own.map(({ source: _, ...batch }) => ({
      ...batch,
      errors: isWhole ? batch.errors : 0,
      indicators: batch.indicators.filter((code) => source.indicators.includes(code)),
    })),
  };
}

const pullTold = ({ isWhole }: Seen, pull: PullState | undefined): PullState | null =>
  pull === undefined ? null : { ...pull, errors: isWhole ? pull.errors : 0 };
