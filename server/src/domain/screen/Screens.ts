import type { Clock } from '../../lib/clock.ts';
import { networkOf } from '../../lib/networkOf.ts';
import type { Quotas } from '../../lib/Quotas.ts';
import { RateLimits } from '../../lib/RateLimits.ts';
import type { Logger } from '../../observability/logger.ts';
import { refuse, tooOften } from '../../protocol/errors.ts';
import type { Account } from '../../protocol/organisation.ts';
import type { PairScreen, Screen, WallLayout } from '../../protocol/screen.ts';
import type { EndedSessions } from '../organisation/EndedSessions.ts';
import type { StoredAccount } from '../organisation/ports.ts';
import { hashSecret, sameHash } from '../organisation/secrets.ts';
import { at, demand } from '../shared/rights.ts';
import { Codes, type Pending } from './Codes.ts';
import { ASKS, NEW_CODES, TYPED } from './limits.ts';
import type { ScreenStore } from './ports.ts';

/** What the browser of a screen says it is. */
export interface ScreenProof {
  readonly id: string;
  readonly secret: string;
}

export type Here =
  | { readonly state: 'waiting'; readonly pending: Pending; readonly fresh?: ScreenProof }
  | {
      readonly state: 'paired';
      readonly account: StoredAccount;
      readonly layout: WallLayout;
      readonly proof: ScreenProof;
    };

interface Parts {
  readonly store: ScreenStore;
  readonly ended: Pick<EndedSessions, 'tell'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly elsewhere: ScreensElsewhere;
  /** CL43 */
  readonly quotas: Quotas;
}

/** CL45: what other nodes know; nothing of those that do not say so. */
export interface ScreensElsewhere {
  /** Which of these accounts are connected there. */
  connected(accounts: readonly string[]): Promise<readonly string[]>;
  /** The screen that shows this code there; it is used up. */
  take(code: string): Promise<Pending | undefined>;
  find(id: string, secretHash: Buffer): Promise<Pending | undefined>;
}

/** Screens that show a stage: paired by an official, and good for nothing else. */
export class Screens {
  readonly #parts: Parts;
  readonly #codes: Codes;
  readonly #asks = new RateLimits(ASKS);
  readonly #fresh = new RateLimits(NEW_CODES);
  readonly #typed: RateLimits;
  /** Accounts of screens that are connected to this node, with how many connections. */
  readonly #here = new Map<string, number>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#codes = new Codes(parts.clock);
    this.#typed = RateLimits.shared('typed-codes', TYPED, parts.quotas);
  }

  /** SN1, SN2. @throws DomainError `rate-limited`, `store-unavailable` */
  async here(proof: ScreenProof | undefined, address: string): Promise<Here> {
    const network = networkOf(address);
    const wait = this.#asks.take(network);
    if (wait > 0) throw tooOften('too many screens ask from this address', wait);
    const known = proof && (await this.#known(proof));
    if (known) return known;
    const pause = this.#fresh.take(network);
    if (pause > 0) throw tooOften('too many codes for this address', pause);
    const { secret, ...pending } = this.#codes.open(networkOf(address, 48));
    return { state: 'waiting', pending, fresh: { id: pending.id, secret } };
  }

  async #known(proof: ScreenProof): Promise<Here | undefined> {
    const secretHash = hashSecret(proof.secret);
    const pending = this.#codes.find(proof.id, secretHash);
    if (pending && !this.#codes.isTaken(pending.id)) return { state: 'waiting', pending };
    const paired = await this.#parts.store.find(proof.id);
    if (paired && sameHash(paired.secretHash, secretHash)) {
      this.#codes.settle(proof.id);
      const { account, layout } = paired;
      return { state: 'paired', account, layout, proof };
    }
    if (pending) return { state: 'waiting', pending };
    const there = await this.#parts.elsewhere.find(proof.id, secretHash);
    return there && { state: 'waiting', pending: there };
  }

  /** SN3. @throws DomainError `forbidden`, `rate-limited`, `not-found`: nobody shows this code */
  async pair(account: Account, { code, ...chosen }: PairScreen): Promise<Screen> {
    demand(account, 'screen.pair', at(account.unit.path));
    const wait = this.#typed.take(account.id);
    if (wait > 0) throw tooOften('too many codes were typed', wait);
    const pending = this.#codes.take(code) ?? (await this.#parts.elsewhere.take(code));
    if (!pending) throw refuse('not-found', 'no screen shows this code');
    const { id, secretHash } = pending;
    try {
      const wanted = { id, secretHash, unit: account.unit.code, by: account.id, ...chosen };
      const screen = await this.#parts.store.pair(wanted);
      this.#codes.settle(id);
      this.#parts.logger.info({ screen: id, by: account.id, unit: account.unit.code }, 'screen paired');
      return { ...screen, here: false };
    } catch (error) {
      this.#codes.add(pending);
      throw error;
    }
  }

  /** SN5 */
  async list(account: Account): Promise<Screen[]> {
    demand(account, 'screen.read', at(account.unit.path));
    const rows = await this.#parts.store.ofUnit(account.unit.code);
    const away = rows.map((row) => row.account).filter((own) => !this.#here.has(own));
    const there = new Set(away.length > 0 ? await this.#parts.elsewhere.connected(away) : []);
    return rows.map(({ account: own, ...screen }) => ({ ...screen, here: this.#here.has(own) || there.has(own) }));
  }

  /** FG76. @throws DomainError `not-found` */
  async change(account: Account, id: string, layout: WallLayout): Promise<void> {
    demand(account, 'screen.pair', at(account.unit.path));
    if (!(await this.#parts.store.change(id, account.unit.code, layout)))
      throw refuse('not-found', 'your unit has no such screen');
  }

  /** SN5. @throws DomainError `not-found` */
  async revoke(account: Account, id: string): Promise<void> {
    demand(account, 'screen.revoke', at(account.unit.path));
    const ended = await this.#parts.store.revoke(id, account.unit.code);
    if (!ended) throw refuse('not-found', 'your unit has no such screen');
    this.#parts.logger.info({ screen: id, by: account.id }, 'screen withdrawn');
    this.#parts.ended.tell(ended);
  }

  /** SN3: their hours are over. */
  async sweep(): Promise<void> {
    this.#parts.ended.tell(await this.#parts.store.sweep());
  }

  /** CL45: an official typed it at another node. */
  takeHere(code: string): Pending | undefined {
    return this.#codes.take(code);
  }

  findHere(id: string, secretHash: Buffer): Pending | undefined {
    return this.#codes.find(id, secretHash);
  }

  /** Which of these accounts are connected to this node. */
  connectedOf(accounts: readonly string[]): string[] {
    return accounts.filter((account) => this.#here.has(account));
  }

  /** @returns what ends it */
  connected(account: string): () => void {
    this.#here.set(account, (this.#here.get(account) ?? 0) + 1);
    return () => {
      const left = (this.#here.get(account) ?? 1) - 1;
      if (left > 0) this.#here.set(account, left);
      else this.#here.delete(account);
    };
  }
}
