import { type Receipt, receiptSchema } from '@dieu-hanh/server/protocol';
import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from 'idb';
import { z } from 'zod';

const keptSchema = z.object({
  /** `CHAIN SEAL LEAF` */
  id: z.string(),
  owner: z.string(),
  /** When it was sealed. */
  at: z.string(),
  receipt: receiptSchema,
  /** The restore after which it was sent again, and settled. */
  settled: z.string().optional(),
  /** AU23: another receipt of the same place, which came later. */
  rival: receiptSchema.optional(),
});
/** One receipt of what somebody said on this computer. */
export type KeptReceipt = z.infer<typeof keptSchema>;

export const keptReceipt = (owner: string, receipt: Receipt): KeptReceipt => ({
  id: `${receipt.chain} ${receipt.seal} ${receipt.leaf}`,
  owner,
  at: receipt.at,
  receipt,
});

/**
 * RS1: so many receipts of an account are kept, the newest, and so long: more than the backups of a month, and than a
 * unit answers meanwhile; two megabytes.
 */
export const KEPT_RECEIPTS = { most: 500, days: 100 } as const;

/** What is too much, or too old. @param kept of one account */
export function outdated(kept: readonly KeptReceipt[], now: number): readonly KeptReceipt[] {
  const oldest = now - KEPT_RECEIPTS.days * 24 * 3_600_000;
  const newestFirst = kept.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
  return newestFirst.filter(({ at }, i) => i >= KEPT_RECEIPTS.most || Date.parse(at) < oldest);
}

/** Where receipts lie beside the outbox, which lets go of what was read. */
export interface ReceiptKeeper {
  of(owner: string): Promise<KeptReceipt[]>;
  put(kept: readonly KeptReceipt[]): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
  close(): void;
  /** Deletes all that is kept, of everybody. */
  destroy(): Promise<void>;
}

interface Schema extends DBSchema {
  receipts: { key: string; value: KeptReceipt; indexes: { owner: string } };
}

const NAME = 'dieu-hanh-receipts';

/** A database of its own: an older page, which does not know it, still opens that of the outbox. */
class DiskReceipts implements ReceiptKeeper {
  readonly #db: IDBPDatabase<Schema>;

  static async open(): Promise<DiskReceipts> {
    const db = await openDB<Schema>(NAME, 1, {
      upgrade: (fresh) => {
        fresh.createObjectStore('receipts', { keyPath: 'id' }).createIndex('owner', 'owner');
      },
      blocking: () => db.close(),
    });
    return new DiskReceipts(db);
  }

  private constructor(db: IDBPDatabase<Schema>) {
    this.#db = db;
  }
  async of(owner: string): Promise<KeptReceipt[]> {
    const kept: readonly unknown[] = await this.#db.getAllFromIndex('receipts', 'owner', owner);
    return kept.flatMap((raw) => keptSchema.safeParse(raw).data ?? []);
  }
  async put(kept: readonly KeptReceipt[]): Promise<void> {
    const change = this.#db.transaction('receipts', 'readwrite');
    await Promise.all([...kept.map((one) => change.store.put(one)), change.done]);
  }
  async remove(ids: readonly string[]): Promise<void> {
    const change = this.#db.transaction('receipts', 'readwrite');
    await Promise.all([...ids.map((id) => change.store.delete(id)), change.done]);
  }
  close(): void {
    this.#db.close();
  }
  async destroy(): Promise<void> {
    this.#db.close();
    await deleteDB(NAME);
  }
}

export class MemoryReceipts implements ReceiptKeeper {
  readonly #kept = new Map<string, KeptReceipt>();
  async of(owner: string): Promise<KeptReceipt[]> {
    return [...this.#kept.values()].filter((one) => one.owner === owner);
  }
  async put(kept: readonly KeptReceipt[]): Promise<void> {
    for (const one of kept) this.#kept.set(one.id, one);
  }
  async remove(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#kept.delete(id);
  }
  close(): void {}
  async destroy(): Promise<void> {
    this.#kept.clear();
  }
}

/** The disk, or memory where the browser gives none. */
export const openReceipts = (): Promise<ReceiptKeeper> => DiskReceipts.open().catch(() => new MemoryReceipts());
