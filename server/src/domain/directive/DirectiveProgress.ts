import type { z } from 'zod';
import { RateLimits } from '../../lib/RateLimits.ts';
import { SharedReads } from '../../lib/SharedReads.ts';
import type {
  DirectiveCount,
  DirectiveStates,
  directiveBoardSchema,
  followHistorySchema,
  followPageSchema,
  followQuerySchema,
} from '../../protocol/directive.ts';
import { refuse, tooOften } from '../../protocol/errors.ts';
import { type Account, codeOf, type Unit, type UnitCode, type UnitPath } from '../../protocol/organisation.ts';
import type { Units } from '../organisation/Units.ts';
import { at, demand } from '../shared/rights.ts';
import { readable } from './access.ts';
import { STATES_OF_ONE } from './limits.ts';
import type { CountGroup, DirectiveStore } from './ports.ts';

type Store = Pick<
  DirectiveStore,
  'find' | 'among' | 'reaches' | 'follow' | 'parts' | 'counts' | 'states' | 'page' | 'history'
>;

/** How far a directive has come, in numbers, unit by unit, and act by act. */
export class DirectiveProgress {
  readonly #store: Store;
  readonly #units: Pick<Units, 'index' | 'get'>;
  readonly #limits = new RateLimits(STATES_OF_ONE);
  readonly #states = new SharedReads<DirectiveStates>();
  readonly #nameOf = (code: UnitCode): string => this.#units.index.find(code)?.name ?? code;

  constructor(store: Store, units: Pick<Units, 'index' | 'get'>) {
    this.#store = store;
    this.#units = units;
  }

  /** DR16. @throws DomainError `not-found`, `forbidden`, `outside-territory` */
  async board(account: Account, id: string, root?: UnitCode): Promise<z.output<typeof directiveBoardSchema>> {
    const top = await this.#root(account, id, root);
    const { at, groups } = await this.#store.parts(id, top.path);
    return { at, counts: boardOf(top.path, groups, this.#nameOf) };
  }

  /** FG68: read once for all who ask at the same moment. @throws DomainError `not-found`, `forbidden`, `outside-territory`, `rate-limited` */
  async states(account: Account, id: string, root?: UnitCode): Promise<DirectiveStates> {
    const wait = this.#limits.take(account.id);
    if (wait > 0) throw tooOften('so many maps of directives are not read for one account at once', wait);
    const { path } = await this.#root(account, id, root);
    return this.#states.read(`${id} ${path}`, () => this.#store.states(id, path));
  }

  /** The rows of these territories, for those who tell officials that they changed; rights are theirs. */
  async rows(id: string, territories: readonly UnitPath[]): Promise<z.output<typeof directiveBoardSchema>> {
    const { at, groups } = await this.#store.counts(id, territories);
    return { at, counts: rowsOf(groups, this.#nameOf) };
  }

  /** @throws DomainError `not-found`, `forbidden`, `outside-territory` */
  async follows(
    account: Account,
    id: string,
    query: z.output<typeof followQuerySchema>,
  ): Promise<z.input<typeof followPageSchema>> {
    const { path } = await this.#root(account, id, query.root);
    const { state, timing, after, limit } = query;
    const page = await this.#store.page(id, { root: path, state, timing, after, limit });
    return { ...page, follows: [...page.follows] };
  }

  /** AK11. @throws DomainError `not-found`, `outside-territory` */
  async history(
    account: Account,
    id: string,
    unit: UnitCode = account.unit.code,
  ): Promise<z.input<typeof followHistorySchema>> {
    await readable(this.#store, account, id);
    const follow = await this.#store.follow(id, unit);
    if (!follow) throw refuse('not-found', 'this unit is no addressee');
    // A unit that stands elsewhere in the tree by now still reads its own.
    demand(account, 'directive.read', at(unit === account.unit.code ? account.unit.path : follow.path));
    return { acts: [...(await this.#store.history(id, unit))] };
  }

  async #root(account: Account, id: string, root: UnitCode = account.unit.code): Promise<Unit> {
    await readable(this.#store, account, id);
    const unit = this.#units.get(root);
    demand(account, 'directive.read', at(unit.path));
    return unit;
  }
}

/** One row for each territory, in the order of their paths. */
export function rowsOf(groups: readonly CountGroup[], nameOf: (code: UnitCode) => string): DirectiveCount[] {
  const rows = new Map<UnitPath, DirectiveCount>();
  for (const group of groups) {
    const row = rows.get(group.path) ?? emptyRow(group.path, nameOf);
    rows.set(group.path, row);
    add(row, group);
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

/** The sum first, then the children of the root. */
function boardOf(root: UnitPath, parts: readonly CountGroup[], nameOf: (code: UnitCode) => string): DirectiveCount[] {
  const total = emptyRow(root, nameOf);
  for (const part of parts) add(total, part);
  return [
    total,
    ...rowsOf(
      parts.filter(({ path }) => path !== root),
      nameOf,
    ),
  ];
}

function emptyRow(path: UnitPath, nameOf: (code: UnitCode) => string): DirectiveCount {
  const unit = codeOf(path);
  return { unit, name: nameOf(unit), addressees: 0, states: {}, onTime: 0, late: 0, overdue: 0, absentees: 0 };
}

function add(count: DirectiveCount, { state, timing, addressees, absentees }: CountGroup): void {
  count.addressees += addressees;
  count.absentees += absentees;
  count.states[state] = (count.states[state] ?? 0) + addressees;
  if (timing === 'on-time') count.onTime += addressees;
  if (timing === 'late') count.late += addressees;
  if (timing === 'overdue') count.overdue += addressees;
}
