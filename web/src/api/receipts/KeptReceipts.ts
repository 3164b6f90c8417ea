import type { Receipt } from '@dieu-hanh/server/protocol';
import { Store } from '../../lib/Store.ts';
import {
  type KeptReceipt,
  keptReceipt,
  MemoryReceipts,
  openReceipts,
  outdated,
  type ReceiptKeeper,
} from './ReceiptKeeper.ts';

/** Receipts of one account on this computer. What cannot be kept is still with the server. */
export class KeptReceipts {
  /** AU22, AU23: counts how often the page connected, and receipts that contradict one that is kept. */
  readonly news = new Store({ connects: 0, rivals: 0 });
  readonly #owner: string;
  readonly #open: () => Promise<ReceiptKeeper>;
  #keeper: Promise<ReceiptKeeper> | undefined;

  constructor(owner: string, open: () => Promise<ReceiptKeeper> = openReceipts) {
    this.#owner = owner;
    this.#open = open;
  }

  async keep(receipts: readonly Receipt[]): Promise<void> {
    if (receipts.length === 0) return;
    const rivals = await this.#do((keeper) => this.#keepIn(keeper, receipts));
    if (rivals) this.news.set({ rivals: this.news.get().rivals + rivals });
  }

  /** AU22: a page that connects holds what is kept here against the record. */
  connected(): void {
    this.news.set({ connects: this.news.get().connects + 1 });
  }

  /** @returns how many contradict one that is kept */
  async #keepIn(keeper: ReceiptKeeper, receipts: readonly Receipt[]): Promise<number> {
    const known = new Map((await keeper.of(this.#owner)).map((one) => [one.id, one]));
    const changed = new Map<string, KeptReceipt>();
    let rivals = 0;
    for (const fresh of receipts.map((receipt) => keptReceipt(this.#owner, receipt))) {
      const before = changed.get(fresh.id) ?? known.get(fresh.id);
      if (!before) changed.set(fresh.id, fresh);
      else if (!before.rival && before.receipt.hash !== fresh.receipt.hash) {
        changed.set(fresh.id, { ...before, rival: fresh.receipt });
        rivals += 1;
      }
    }
    await keeper.put([...changed.values()]);
    const old = outdated(await keeper.of(this.#owner), Date.now());
    if (old.length > 0) await keeper.remove(old.map(({ id }) => id));
    return rivals;
  }

  async all(): Promise<readonly KeptReceipt[]> {
    return (await this.#do((keeper) => keeper.of(this.#owner))) ?? [];
  }

  /** After this restore they need not be sent again. */
  async settle(kept: readonly KeptReceipt[], restore: string): Promise<void> {
    await this.#do((keeper) => keeper.put(kept.map((one) => ({ ...one, settled: restore }))));
  }

  close(): void {
    void this.#keeper?.then((keeper) => keeper.close());
    this.#keeper = undefined;
  }

  /** Nothing of anybody is kept here any more; what is on its way is kept by nobody. */
  async forget(): Promise<void> {
    const keeper = this.#keeper ?? this.#open();
    this.#keeper = Promise.resolve(new MemoryReceipts());
    await (await keeper).destroy();
  }

  async #do<T>(work: (keeper: ReceiptKeeper) => Promise<T>): Promise<T | undefined> {
    this.#keeper ??= this.#open();
    try {
      return await work(await this.#keeper);
    } catch (error) {
      console.warn('receipts could not be kept here', error);
      return undefined;
    }
  }
}
