import type { Receipt } from '@dieu-hanh/server/protocol';
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
  readonly #owner: string;
  readonly #open: () => Promise<ReceiptKeeper>;
  #keeper: Promise<ReceiptKeeper> | undefined;

  constructor(owner: string, open: () => Promise<ReceiptKeeper> = openReceipts) {
    this.#owner = owner;
    this.#open = open;
  }

  async keep(receipts: readonly Receipt[]): Promise<void> {
    if (receipts.length === 0) return;
    await this.#do(async (keeper) => {
      const known = new Set((await keeper.of(this.#owner)).map(({ id }) => id));
      const fresh = receipts.map((receipt) => keptReceipt(this.#owner, receipt)).filter(({ id }) => !known.has(id));
      await keeper.put(fresh);
      const old = outdated(await keeper.of(this.#owner), Date.now());
      if (old.length > 0) await keeper.remove(old.map(({ id }) => id));
    });
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
