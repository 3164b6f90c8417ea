import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from 'idb';
import { type OutboxEntry, parseEntry } from './outboxEntry.ts';

/** How much of what was said on this computer is not with the server yet. */
export interface Unsent {
  readonly own: number;
  readonly others: number;
}

/** Where entries are kept between two looks. */
export interface OutboxKeeper {
  /** Whether what is kept is still there after a reload of the page. */
  readonly durable: boolean;
  all(owner: string): Promise<OutboxEntry[]>;
  /** Of everybody who uses this browser. */
  unsent(owner: string): Promise<Unsent>;
  put(entry: OutboxEntry): Promise<void>;
  remove(key: string): Promise<void>;
  close(): void;
  /** Deletes all that is kept, of everybody. */
  destroy(): Promise<void>;
}

interface Schema extends DBSchema {
  outbox: { key: string; value: OutboxEntry; indexes: { owner: string } };
}
const NAME = 'dieu-hanh';
const VERSION = 1;

/**
 * In IndexedDB, by the library `idb`: own wrappers of its requests go wrong where transactions end by themselves, and
 * this is one kilobyte. `durability: strict` waits for the disk: a computer that loses power has kept what it said that
 * it keeps.
 */
class DiskKeeper implements OutboxKeeper {
  readonly durable = true;
  readonly #db: IDBPDatabase<Schema>;

  static async open(): Promise<DiskKeeper> {
    const db = await openDB<Schema>(NAME, VERSION, {
      upgrade: (fresh) => {
        fresh.createObjectStore('outbox', { keyPath: 'key' }).createIndex('owner', 'owner');
      },
      // A newer page in another tab wants to change the store.
      blocking: () => db.close(),
    });
    return new DiskKeeper(db);
  }

  private constructor(db: IDBPDatabase<Schema>) {
    this.#db = db;
  }
  async all(owner: string): Promise<OutboxEntry[]> {
    const kept: readonly unknown[] = await this.#db.getAllFromIndex('outbox', 'owner', owner);
    return kept.map(parseEntry).filter((entry) => entry !== undefined);
  }
  async unsent(owner: string): Promise<Unsent> {
    return count(owner, (await this.#db.getAll('outbox')) as readonly unknown[]);
  }
  async put(entry: OutboxEntry): Promise<void> {
    const change = this.#db.transaction('outbox', 'readwrite', { durability: 'strict' });
    await Promise.all([change.store.put(entry), change.done]);
  }
  async remove(key: string): Promise<void> {
    await this.#db.delete('outbox', key);
  }
  close(): void {
    this.#db.close();
  }
  async destroy(): Promise<void> {
    this.#db.close();
    // Other tabs let go of it when they are told (`blocking`).
    await deleteDB(NAME);
  }
}

/** For browsers that keep nothing: as good as the open page. */
export class MemoryKeeper implements OutboxKeeper {
  readonly durable = false;
  readonly #entries = new Map<string, OutboxEntry>();
  async all(owner: string): Promise<OutboxEntry[]> {
    return [...this.#entries.values()].filter((entry) => entry.owner === owner);
  }
  async unsent(owner: string): Promise<Unsent> {
    return count(owner, [...this.#entries.values()]);
  }
  async put(entry: OutboxEntry): Promise<void> {
    this.#entries.set(entry.key, entry);
  }
  async remove(key: string): Promise<void> {
    this.#entries.delete(key);
  }
  close(): void {}
  async destroy(): Promise<void> {
    this.#entries.clear();
  }
}

/** What cannot be read is not known to be sent. */
function count(owner: string, kept: readonly unknown[]): Unsent {
  const waiting = kept.map(parseEntry).filter((entry) => entry === undefined || entry.status === 'unsent');
  const own = waiting.filter((entry) => entry?.owner === owner).length;
  return { own, others: waiting.length - own };
}

/** The disk, or memory where the browser gives none (some do so in private windows). */
export async function openKeeper(): Promise<OutboxKeeper> {
  try {
    return await DiskKeeper.open();
  } catch (error) {
    console.warn('this browser keeps nothing: unsent answers last as long as the page', error);
    return new MemoryKeeper();
  }
}
