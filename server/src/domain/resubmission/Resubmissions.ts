import { EventEmitter } from 'node:events';
import { GroupCommit } from '../../lib/GroupCommit.ts';
import type { Logger } from '../../observability/logger.ts';
import type { Follow } from '../../protocol/directive.ts';
import { refuse } from '../../protocol/errors.ts';
import type { Account } from '../../protocol/organisation.ts';
import type { Receipt } from '../../protocol/record.ts';
import type { ResubmissionOutcome, ResubmissionPage } from '../../protocol/resubmission.ts';
import { doubtAbout, type StampKey } from '../record/stamp.ts';
import type { EntryRecord } from '../rollcall/entryRules.ts';
import { at, demand } from '../shared/rights.ts';
import { decideTakenIn } from './decide.ts';
import { RESUBMISSIONS } from './limits.ts';
import { offeredBy } from './offered.ts';
import type { Offer, ResubmissionStore, Resubmitter } from './ports.ts';

interface Parts {
  readonly store: ResubmissionStore;
  readonly keys: readonly StampKey[];
  readonly logger: Logger;
  readonly nameOf: (unit: string) => string;
  /** RS2: counts receipts of an account. @throws DomainError `rate-limited` */
  readonly count: (account: string, receipts: number) => void;
}

/** A device that asks over HTTP, and when its request came in. */
type Returning = Pick<Resubmitter, 'identity' | 'address' | 'received'> & { readonly account: Account };

/** RS: what was lost with a restore comes back by the receipts that devices hold. */
export class Resubmissions extends EventEmitter<{
  /** After the commit: answers that are on record again, and where addressees stand. */
  entered: [records: readonly EntryRecord[]];
  followed: [follows: readonly Follow[]];
}> {
  readonly #o: Parts;
  readonly #groups: GroupCommit<Offer, ResubmissionOutcome | 'not-lost'>;

  constructor(parts: Parts) {
    super();
    this.#o = parts;
    this.#groups = new GroupCommit((chain, offers) => this.#write(chain, offers), {
      max: RESUBMISSIONS.most,
      gatherMs: RESUBMISSIONS.gatherMs,
      most: RESUBMISSIONS.waiting,
      full: () => refuse('busy', 'too many receipts wait; nothing was recorded, repeat later'),
    });
  }

  /**
   * RS1–RS4. Resolves after the commit.
   * @throws DomainError `bad-request`, `forbidden`, `outside-territory`, `rate-limited`, `busy`, `store-unavailable`
   */
  async offer(asker: Returning, receipts: readonly Receipt[]): Promise<readonly ResubmissionOutcome[]> {
    const { account, identity, address, received } = asker;
    const { code: unit, path } = account.unit;
    demand(account, 'resubmission.offer', at(path));
    const offers = receipts.map(offeredBy);
    if (offers.some(({ row }) => row.unit !== unit))
      throw refuse('outside-territory', 'a receipt of another unit is for that unit to send');
    this.#o.count(account.id, receipts.length);
    const by = { account: account.id, name: account.name, unit, path, identity, address, received };
    const standing = await this.#o.store.standing(offers);
    return Promise.all(offers.map((offered, i) => standing[i] ?? this.#decide({ ...offered, by })));
  }

  /** RS5: of the reader's territory. @throws DomainError `forbidden` */
  async list(account: Account, before: string | undefined, limit: number): Promise<ResubmissionPage> {
    const { path } = account.unit;
    demand(account, 'resubmission.read', at(path));
    const [found, restore] = await Promise.all([
      this.#o.store.list(path, before, limit + 1),
      this.#o.store.lastRestore(),
    ]);
    const shown = found.slice(0, limit);
    return {
      restore: restore ?? null,
      resubmissions: shown.map((one) => ({ ...one, unitName: this.#o.nameOf(one.unit) })),
      next: found.length > limit ? (shown.at(-1)?.at ?? null) : null,
    };
  }

  async #decide(offer: Offer): Promise<ResubmissionOutcome> {
    const { receipt, by } = offer;
    const doubt = doubtAbout(receipt, this.#o.keys);
    const outcome = doubt ? undefined : await this.#groups.add(receipt.chain, offer);
    if (outcome !== undefined && outcome !== 'not-lost') return outcome;
    const { chain, seal } = receipt;
    const reason = doubt ?? 'not-lost';
    // Ours, of no restore that is on record: rows were taken away past the server.
    if (!doubt) this.#o.logger.error({ chain, seal, unit: by.unit }, 'a receipt of this installation has no row');
    else this.#o.logger.warn({ chain, seal, unit: by.unit, reason }, 'a receipt that was sent again proves nothing');
    await this.#o.store.claim(offer, reason);
    return 'claimed';
  }

  async #write(chain: string, offers: readonly Offer[]) {
    const ordered = offers
      .map((offer, i) => ({ offer, i }))
      .sort((a, b) => a.offer.receipt.seal - b.offer.receipt.seal || a.offer.receipt.leaf - b.offer.receipt.leaf);
    const inOrder = ordered.map(({ offer }) => offer);
    const { outcomes, entries, follows } = await this.#o.store.takeIn(chain, inOrder, (moment) =>
      decideTakenIn(inOrder, moment),
    );
    if (entries.length > 0) this.emit('entered', entries);
    if (follows.length > 0) this.emit('followed', follows);
    const answers: { ok: ResubmissionOutcome | 'not-lost' }[] = [];
    for (const [place, { i }] of ordered.entries())
      answers[i] = { ok: outcomes[place] as ResubmissionOutcome | 'not-lost' };
    return answers;
  }
}
