import { randomUUID } from 'node:crypto';
import { closesNow, decideExtension } from '../../src/domain/rollcall/ending.ts';
import { decideEntries } from '../../src/domain/rollcall/entryGroup.ts';
import type { EntryAsk } from '../../src/domain/rollcall/entryRules.ts';
import { decideOpening } from '../../src/domain/rollcall/opening.ts';
import type { NewRound, Officer, RoundStore } from '../../src/domain/rollcall/ports.ts';

/** Writes rounds by the domain's decisions, without rights and boards above the store. */
export class RoundsUnderLaw {
  readonly #store: RoundStore;
  /** Units that stand above those that a round asks, for its quorum. */
  readonly #above: readonly string[];

  constructor(store: RoundStore, above: readonly string[] = []) {
    this.#store = store;
    this.#above = above;
  }

  open(wanted: NewRound, former?: { readonly round: string; readonly whom: 'all' | 'missing' }) {
    return this.#store.open(wanted, (moment) => decideOpening(moment, wanted, () => this.#above), former);
  }

  extend(round: string, seconds: number, by: Officer, key: string = randomUUID()) {
    return this.#store.extend(round, key, by, (moment) => decideExtension(moment, seconds));
  }

  close(round: string, by: Officer | null) {
    return this.#store.close(round, by && { key: randomUUID(), ...by }, (moment) =>
      closesNow(moment, by ? 'official' : 'system'),
    );
  }

  enter(briefing: string, asks: readonly EntryAsk[]) {
    return this.#store.enter(briefing, asks, (moment) => decideEntries(asks, moment));
  }
}
