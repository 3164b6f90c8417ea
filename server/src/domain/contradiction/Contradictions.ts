import { GroupCommit } from '../../lib/GroupCommit.ts';
import type { Logger } from '../../observability/logger.ts';
import {
  type Contradiction,
  comparedTableSchema,
  type FoundSeal,
  type SealPlace,
  sealPlaceSchema,
} from '../../protocol/contradiction.ts';
import { refuse } from '../../protocol/errors.ts';
import type { Account } from '../../protocol/organisation.ts';
import type { Receipt } from '../../protocol/record.ts';
import { receiptHolds } from '../record/receipt.ts';
import { doubtAbout, type StampKey } from '../record/stamp.ts';
import { at, demand } from '../shared/rights.ts';
import { compareSeal, type SealComparison } from './compareSeal.ts';
import { COMPARES } from './limits.ts';
import type { ContradictionStore, Finder, PlaceOfUnit } from './ports.ts';

interface Parts {
  readonly store: ContradictionStore;
  readonly keys: readonly StampKey[];
  readonly logger: Logger;
  readonly nameOf: (unit: string) => string;
  /** AU22, AU24: counts for an account. @throws DomainError `rate-limited` */
  readonly count: (what: 'compared' | 'reported', account: string, times: number) => void;
}

type Reporting = Pick<Finder, 'identity' | 'address' | 'received'> & { readonly account: Account };

/** AU22–AU24: pages hold their receipts against the record, and say when it says something else. */
export class Contradictions {
  readonly #o: Parts;
  readonly #asks: GroupCommit<readonly PlaceOfUnit[], readonly FoundSeal[]>;

  constructor(parts: Parts) {
    this.#o = parts;
    this.#asks = new GroupCommit((_, asks) => this.#read(asks), {
      max: COMPARES.most,
      gatherMs: COMPARES.gatherMs,
      most: COMPARES.waiting,
      full: () => refuse('busy', 'too many pages compare their receipts; ask again later'),
    });
  }

  /** AU22. @throws DomainError `forbidden`, `rate-limited`, `busy`, `store-unavailable` */
  async compare(account: Account, places: readonly SealPlace[]): Promise<readonly FoundSeal[]> {
    const { code: unit, path } = account.unit;
    demand(account, 'receipt.compare', at(path));
    this.#o.count('compared', account.id, places.length);
    return this.#asks.add(
      '',
      places.map((place) => ({ ...place, unit })),
    );
  }

  /**
   * AU24: looked at again before it is believed.
   * @throws DomainError `bad-request`, `forbidden`, `outside-territory`, `rate-limited`, `store-unavailable`
   */
  async report({ account, ...device }: Reporting, receipt: Receipt): Promise<SealComparison> {
    const { code: unit, path } = account.unit;
    demand(account, 'receipt.compare', at(path));
    const place = placeOf(receipt);
    if (receipt.record.unit !== unit)
      throw refuse('outside-territory', 'a receipt of another unit is for that unit to show');
    this.#o.count('reported', account.id, 1);
    const [found] = await this.#o.store.found([{ ...place, unit }]);
    if (!found) throw new Error('a place was not looked at');
    const compared = compareSeal(receipt, found);
    if (compared !== 'contradicted') return compared;
    const doubt = doubtAbout(receipt, this.#o.keys);
    const { chain, seal, leaf } = receipt;
    const said = 'the record contradicts a receipt';
    if (doubt) this.#o.logger.warn({ chain, seal, leaf, unit, doubt }, said);
    else this.#o.logger.error({ chain, seal, leaf, unit }, said);
    const by = { ...device, account: account.id, name: account.name, unit, path };
    await this.#o.store.keep({ by, receipt, found, proven: doubt === undefined });
    return compared;
  }

  /** AU24: of the reader's territory. @throws DomainError `forbidden` */
  async list(account: Account, limit: number): Promise<readonly Contradiction[]> {
    const { path } = account.unit;
    demand(account, 'contradiction.read', at(path));
    const found = await this.#o.store.list(path, limit);
    return found.map((one) => ({ ...one, unitName: this.#o.nameOf(one.unit) }));
  }

  async #read(asks: readonly (readonly PlaceOfUnit[])[]): Promise<readonly { ok: readonly FoundSeal[] }[]> {
    const found = await this.#o.store.found(asks.flat());
    let next = 0;
    return asks.map(({ length }) => {
      next += length;
      return { ok: found.slice(next - length, next) };
    });
  }
}

/** @throws DomainError `bad-request` */
function placeOf(receipt: Receipt): SealPlace {
  const { table, chain, seal, leaf, at } = receipt;
  const place = sealPlaceSchema.safeParse({ table, chain, seal, leaf, at });
  if (!comparedTableSchema.safeParse(table).success || !place.success)
    throw refuse('bad-request', `${table}: only receipts of what a unit has said are compared`);
  if (!receiptHolds(receipt)) throw refuse('bad-request', 'the receipt does not hold by itself');
  return place.data;
}
