import type { Callable, CallHelp, CallHit, CallHits } from '../../protocol/callable.ts';
import { refuse } from '../../protocol/errors.ts';
import { type Account, codeOf, type Unit, type UnitCode, type UnitPath } from '../../protocol/organisation.ts';
import type { ClassOf } from '../organisation/UnitSearch.ts';
import type { UnitThere } from '../presence/ports.ts';
import { at, demand } from '../shared/rights.ts';
import { liesIn, upFrom } from '../shared/territory.ts';
import { isOfficial } from '../shared/whoSeesWhom.ts';

/** Neighbours that are named when a unit is not here. */
const MOST_NEIGHBOURS = 6;

export interface DirectoryParts {
  readonly units: {
    get(code: UnitCode): Unit;
    namesAbove(path: UnitPath): string;
    readonly index: {
      find(code: UnitCode): Unit | undefined;
      children(code: UnitCode): readonly Unit[];
      search(query: string, territory: UnitPath, limit: number, classOf: ClassOf): Unit[];
    };
  };
  readonly presence: {
    there(briefing: string, code: UnitCode): UnitThere;
    ringable(briefing: string, code: UnitCode): boolean;
  };
  /** @throws DomainError `not-found`, `outside-territory` */
  readonly scopeOf: (account: Account, briefing: string) => Promise<readonly UnitPath[]>;
}

/** Whose own name was typed goes before one who only lies in a place of that name. */
const order = { own: { now: 0, absent: 1, outside: 4 }, other: { now: 2, absent: 3, outside: 4 } } as const;

/** Who can be called in a briefing, found by name; and what helps where nobody is there. */
export class CallDirectory {
  readonly #parts: DirectoryParts;

  constructor(parts: DirectoryParts) {
    this.#parts = parts;
  }

  /**
   * SC14: whoever can be called stands first, however well another of their name fits. @throws DomainError `forbidden`,
   * `not-found`, `outside-territory`
   */
  async find(account: Account, briefing: string, query: string, limit: number): Promise<CallHits> {
    const { look, callableOf } = await this.#looking(account, briefing);
    const { index } = this.#parts.units;
    const classOf: ClassOf = (unit, isOwn) => order[isOwn ? 'own' : 'other'][callableOf(unit)];
    const fits = index.search(query, account.unit.path, Number.POSITIVE_INFINITY, classOf);
    return { units: fits.slice(0, limit).map(look), total: fits.length };
  }

  /** SC15. @throws DomainError likewise */
  async help(account: Account, briefing: string, code: UnitCode): Promise<CallHelp> {
    const unit = this.#parts.units.get(code);
    const { look } = await this.#looking(account, briefing, unit.path);
    const { index } = this.#parts.units;
    const [, ...above] = [...upFrom(unit.path)].map((path) => index.find(codeOf(path))).filter((u) => u !== undefined);
    const officials = above
      .filter((u) => u.code !== account.unit.code)
      .map((u) => ({ unit: look(u), seats: this.#parts.presence.there(briefing, u.code).seats }))
      .filter(({ unit: { callable } }) => callable === 'now')
      .map(({ unit, seats }) => ({ unit, seats: seats.filter(({ role }) => isOfficial(role)) }))
      .map(({ unit, seats }) => ({ unit, seats: seats.map(({ name, role }) => ({ name, role })) }));
    const neighbours = (unit.parent === null ? [] : index.children(unit.parent))
      .filter((other) => other.code !== code)
      .map(look)
      .filter(({ callable }) => callable === 'now')
      .slice(0, MOST_NEIGHBOURS);
    return { unit: look(unit), officials, neighbours };
  }

  async #looking(account: Account, briefing: string, path?: UnitPath) {
    demand(account, 'call.start', path === undefined ? undefined : at(path));
    const scope = new Set(await this.#parts.scopeOf(account, briefing));
    if (scope.size === 0) throw refuse('not-found', 'this briefing is for nobody');
    const { presence, units } = this.#parts;
    const callableOf = ({ code, path: where }: Unit): Callable => {
      if (!liesIn(where, scope)) return 'outside';
      return presence.ringable(briefing, code) ? 'now' : 'absent';
    };
    const look = (unit: Unit): CallHit => {
      const { code, path: where, tier, name } = unit;
      const { ringable: _, seats: __, ...there } = presence.there(briefing, code);
      return { code, path: where, tier, name, within: units.namesAbove(where), callable: callableOf(unit), ...there };
    };
    return { look, callableOf };
  }
}
