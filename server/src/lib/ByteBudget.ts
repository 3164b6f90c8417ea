/** Most bytes that bodies of requests may hold in memory at one moment. */
export interface ByteLimits {
  /** Of one account, or of one key of a program. */
  readonly owner: number;
  /** From one network (`networkOf`). */
  readonly address: number;
  readonly all: number;
}

/** Whose bytes are counted. */
export interface ByteOwner {
  /** undefined: a stranger. */
  readonly owner: string | undefined;
  readonly address: string;
}

export type ByteLimit = keyof ByteLimits;

/**
 * Bytes in flight, counted by owner, by network and in all. Costs one addition in two maps for each piece of a body; what
 * is back at zero is forgotten.
 */
export class ByteBudget {
  readonly #limits: ByteLimits;
  readonly #owners = new Map<string, number>();
  readonly #addresses = new Map<string, number>();
  /** Of each network, those that hold bytes, oldest first. */
  readonly #holders = new Map<string, Set<HeldBytes>>();
  readonly #evicts: boolean;
  #all = 0;

  /**
   * @param options.evicts whether the network that holds most gives way when all is taken; otherwise the newcomer is
   * refused
   */
  constructor(limits: ByteLimits, { evicts = false }: { readonly evicts?: boolean } = {}) {
    this.#limits = limits;
    this.#evicts = evicts;
  }

  /** Bytes held now. */
  get held(): number {
    return this.#all;
  }

  /** @param evicted told when these bytes give way to those of another network; they are released by then */
  open(owner: ByteOwner, evicted: () => void = () => undefined): HeldBytes {
    return new HeldBytes(this.#account(owner, evicted));
  }

  #account({ owner, address }: ByteOwner, evicted: () => void): Account {
    const over = (bytes: number): ByteLimit | undefined => {
      if (owner !== undefined && (this.#owners.get(owner) ?? 0) + bytes > this.#limits.owner) return 'owner';
      if ((this.#addresses.get(address) ?? 0) + bytes > this.#limits.address) return 'address';
      if (this.#all + bytes > this.#limits.all && !this.#makeRoom(address, bytes)) return 'all';
      return undefined;
    };
    const add = (held: HeldBytes, bytes: number): void => {
      this.#all += bytes;
      if (owner !== undefined) count(this.#owners, owner, bytes);
      count(this.#addresses, address, bytes);
      const holders = this.#holders.get(address) ?? new Set();
      if (bytes > 0) this.#holders.set(address, holders.add(held));
      else if (holders.delete(held) && holders.size === 0) this.#holders.delete(address);
    };
    return { over, add, evicted };
  }

  /** Takes from the network that holds most, unless that is the newcomer's own. */
  #makeRoom(newcomer: string, bytes: number): boolean {
    while (this.#evicts && this.#all + bytes > this.#limits.all) {
      const [most] = [...this.#addresses].reduce((a, b) => (b[1] > a[1] ? b : a));
      const [oldest] = this.#holders.get(most) ?? [];
      if (most === newcomer || !oldest) return false;
      oldest.evict();
    }
    return this.#all + bytes <= this.#limits.all;
  }
}

interface Account {
  readonly over: (bytes: number) => ByteLimit | undefined;
  /** Fewer where it is negative. */
  readonly add: (held: HeldBytes, bytes: number) => void;
  readonly evicted: () => void;
}

/** What one body holds of a budget until it is released. */
export class HeldBytes {
  readonly #account: Account;
  #bytes = 0;
  #isOver = false;

  /** By `ByteBudget.open`. */
  constructor(account: Account) {
    this.#account = account;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** @returns the limit that these bytes would exceed; nothing is taken then */
  take(bytes: number): ByteLimit | undefined {
    if (this.#isOver || bytes === 0) return undefined;
    const limit = this.#account.over(bytes);
    if (limit !== undefined) return limit;
    this.#account.add(this, bytes);
    this.#bytes += bytes;
    return undefined;
  }

  /** May be called twice. Nothing is taken afterwards. */
  release(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (this.#bytes > 0) this.#account.add(this, -this.#bytes);
    this.#bytes = 0;
  }

  evict(): void {
    this.release();
    this.#account.evicted();
  }
}

function count(all: Map<string, number>, key: string, by: number): void {
  const now = (all.get(key) ?? 0) + by;
  if (now > 0) all.set(key, now);
  else all.delete(key);
}
