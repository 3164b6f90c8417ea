import { GroupCommit } from '../../lib/GroupCommit.ts';
import { RateLimits } from '../../lib/RateLimits.ts';
import type { Briefing } from '../../protocol/briefing.ts';
import { refuse, tooOften } from '../../protocol/errors.ts';
import { CHECKS } from '../../protocol/limits.ts';
import type { Account, Unit, UnitCode } from '../../protocol/organisation.ts';
import type { FoundCheck, ReadinessPage, ReadinessRow, ReadinessState } from '../../protocol/readiness.ts';
import { CountTree } from '../organisation/CountTree.ts';
import type { ContactStore } from '../organisation/ports.ts';
import type { Caller } from '../organisation/Sessions.ts';
import type { Units } from '../organisation/Units.ts';
import { at, demand } from '../shared/rights.ts';
import { overlap } from '../shared/territory.ts';
import type { CheckStore, NewCheck, StoredCheck } from './ports.ts';
import { browserOf, readinessOf } from './readinessOf.ts';

export interface ReadinessParts {
  readonly store: CheckStore;
  readonly units: Units;
  readonly contacts: Pick<ContactStore, 'of'>;
  readonly clock: { now(): Date };
  /** May they see it? @throws DomainError `not-found`, `outside-territory` */
  readonly readBriefing: (account: Account, id: string) => Promise<Briefing>;
}

interface Asked {
  readonly root: UnitCode | undefined;
  readonly state: ReadinessState | undefined;
}

/** One unit as the list has it. */
interface Line {
  readonly unit: Unit;
  readonly state: ReadinessState;
  readonly check: StoredCheck | undefined;
}

/** RY: which devices were tried, what they could do, and whom to ring. */
export class ReadinessBoard {
  readonly #o: ReadinessParts;
  readonly #budget = new RateLimits(CHECKS);
  readonly #writing: GroupCommit<NewCheck, undefined>;

  constructor(parts: ReadinessParts) {
    this.#o = parts;
    this.#writing = new GroupCommit(async (_, checks) => {
      await parts.store.write(checks);
      return checks.map(() => ({ ok: undefined }));
    });
  }

  /** RY1, RY4. @throws DomainError `forbidden`, `rate-limited`, `store-unavailable` */
  async tell({ account, device }: Caller, found: FoundCheck, userAgent: string): Promise<void> {
    demand(account, 'readiness.tell', { paths: [account.unit.path], account: account.id });
    const wait = this.#budget.take(account.id);
    if (wait > 0) throw tooOften('the devices of this unit were tried often in the last minutes', wait);
    const check = { ...found, unit: account.unit.code, account: account.id, device, browser: browserOf(userAgent) };
    await this.#writing.add('', check);
  }

  /** RY3. @throws DomainError `not-found`, `forbidden`, `outside-territory` */
  async page(
    account: Account,
    briefing: string,
    { root, state, after, limit }: Asked & { readonly after: string | undefined; readonly limit: number },
  ): Promise<ReadinessPage> {
    const { lines, place } = await this.#lines(account, briefing, root);
    const tree = new CountTree(
      ['ready', 'weak', 'lacking', 'never'] as const,
      lines.map(({ unit }) => unit.path),
    );
    for (const line of lines) tree.add(line.unit.path, { [line.state]: 1 });
    const counts = tree.rows(place.path).map((row) => ({ ...row, name: this.#name(row.unit) }));
    const left = lines.filter((line) => (!state || line.state === state) && (!after || line.unit.path > after));
    const shown = left.slice(0, limit);
    const next = left.length > limit ? (shown.at(-1)?.unit.path ?? null) : null;
    return { counts, rows: await this.#rows(shown), next };
  }

  /** RY5: all of them, some hundreds at a time. @throws as `page` */
  async list(account: Account, briefing: string, { root, state }: Asked) {
    const { lines } = await this.#lines(account, briefing, root);
    const chosen = lines.filter((line) => !state || line.state === state);
    const rows = this.#some(chosen);
    return { total: chosen.length, rows };
  }

  async *#some(lines: readonly Line[]): AsyncGenerator<readonly ReadinessRow[]> {
    for (let i = 0; i < lines.length; i += AT_ONCE) yield this.#rows(lines.slice(i, i + AT_ONCE));
  }

  /** Units that the briefing expects, as far as they lie below `root` and in the territory; in path order. */
  async #lines(account: Account, id: string, root: UnitCode | undefined) {
    const { scope } = await this.#o.readBriefing(account, id);
    const place = this.#o.units.get(root ?? account.unit.code);
    demand(account, 'readiness.read', at(place.path));
    const below = scope.flatMap((path) => overlap(path, place.path) ?? []);
    if (below.length === 0) throw refuse('not-found', 'this briefing expects no unit there');
    const expected = this.#o.units.index.baseUnits(below);
    const found = await this.#o.store.latest(expected.map(({ code }) => code));
    const checks = new Map(found.map((check) => [check.unit, check]));
    const now = this.#o.clock.now().getTime();
    const lines = expected.map((unit): Line => {
      const check = checks.get(unit.code);
      return { unit, check, state: readinessOf(check, now) };
    });
    return { lines, place };
  }

  async #rows(lines: readonly Line[]): Promise<ReadinessRow[]> {
    const known = await this.#o.contacts.of(lines.map(({ unit }) => unit.code));
    const contacts = new Map(known.map((contact) => [contact.unit, contact]));
    return lines.map(({ unit: { code, path, name }, state, check }) => {
      const { telephone = null, people = [] } = contacts.get(code) ?? {};
      const person = people.find((one) => one.telephone !== null);
      const number = person?.telephone ?? telephone;
      const above = path.split('.').slice(1, -1).reverse().map(this.#name).join(', ');
      const { unit: _, ...told } = check ?? { unit: code };
      return {
        ...{ unit: code, path, name, above, state, check: 'at' in told ? told : null },
        contact: number === null ? null : { name: person?.name ?? null, telephone: number },
      };
    });
  }

  readonly #name = (code: UnitCode): string => this.#o.units.index.find(code)?.name ?? code;
}

/** Rows that are read and written in one go. */
const AT_ONCE = 500;
