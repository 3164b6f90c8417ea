import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

interface Waiting<Ask, Answer> {
  readonly ask: Ask;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** What became of one entry of a group. */
export type Outcome<Answer> = { readonly ok: Answer } | { readonly error: unknown };

/** So many hear what became of them before others have their turn. */
const AT_ONCE = 200;

/**
 * Group commit: while one group is being written, whatever comes in waits and is the next group. So a lone entry is written at once, and
 * thousands at the same moment cost a few transactions. Entries of one key are written in the order in which they came, one group at a time.
 * Of a group that fails those are looked for that cannot be written; they are refused, and the others are written without them: all of them, when
 * nobody is at fault, since what another writer did in the same moment can be seen now. More than once a group is not written again: what fails
 * then concerns all.
 */
export class GroupCommit<Ask, Answer> {
  readonly #write: (key: string, asks: readonly Ask[]) => Promise<readonly Outcome<Answer>[]>;
  readonly #max: number;
  readonly #gatherMs: number;
  readonly #concernsAll: (error: unknown) => boolean;
  readonly #unwritable: ((key: string, asks: readonly Ask[]) => Promise<readonly unknown[]>) | undefined;
  readonly #most: number;
  readonly #full: () => unknown;
  #waiting = 0;
  readonly #queues = new Map<string, Waiting<Ask, Answer>[]>();

  /**
   * @param write one transaction; answers in the order of the asks, after COMMIT. It may get an ask again after it has thrown.
   * @param options.max entries in one group
   * @param options.gatherMs pause after a group of several while few wait, so that a steady stream makes fewer and larger groups
   * @param options.concernsAll what `write` throws whatever it was asked: it refuses every entry of the group; by default, that is everything
   * @param options.unwritable in the order of the asks, why each cannot be written by itself; undefined: it can. Asked once for a group that failed
   * @param options.most entries that wait at once, of all keys, or are being written; whatever comes then is refused with what `full` makes
   */
  constructor(
    write: (key: string, asks: readonly Ask[]) => Promise<readonly Outcome<Answer>[]>,
    {
      max = 500,
      gatherMs = 0,
      concernsAll = () => true,
      unwritable,
      most = Number.POSITIVE_INFINITY,
      full = () => new Error('too many entries wait'),
    }: {
      max?: number;
      gatherMs?: number;
      concernsAll?: (error: unknown) => boolean;
      unwritable?: (key: string, asks: readonly Ask[]) => Promise<readonly unknown[]>;
      most?: number;
      full?: () => unknown;
    } = {},
  ) {
    this.#write = write;
    this.#max = max;
    this.#gatherMs = gatherMs;
    this.#concernsAll = concernsAll;
    this.#unwritable = unwritable;
    this.#most = most;
    this.#full = full;
  }

  /** Resolves after the commit that contains it. */
  add(key: string, ask: Ask): Promise<Answer> {
    if (this.#waiting >= this.#most) return Promise.reject(this.#full());
    this.#waiting += 1;
    return new Promise((resolve, reject) => {
      const waiting = this.#queues.get(key);
      if (waiting) {
        waiting.push({ ask, resolve, reject });
        return;
      }
      const queue = [{ ask, resolve, reject }];
      this.#queues.set(key, queue);
      // What is read from other sockets in this turn belongs to the first group, too.
      setImmediate(() => void this.#drain(key, queue));
    });
  }

  async #drain(key: string, queue: Waiting<Ask, Answer>[]): Promise<void> {
    while (queue.length > 0) {
      const group = queue.splice(0, this.#max);
      await this.#writeGroup(key, group);
      this.#waiting -= group.length;
      if (this.#gatherMs > 0 && group.length > 1 && queue.length < this.#max / 4) await sleep(this.#gatherMs);
    }
    this.#queues.delete(key);
  }

  async #writeGroup(key: string, group: readonly Waiting<Ask, Answer>[]): Promise<void> {
    try {
      await this.#writeOnce(key, group);
    } catch (error) {
      const others = this.#concernsAll(error) ? undefined : await this.#refuseBad(key, group);
      if (others) await this.#writeOnce(key, others).catch((again: unknown) => refuseAll(others, again));
      else refuseAll(group, error);
    }
  }

  async #writeOnce(key: string, group: readonly Waiting<Ask, Answer>[]): Promise<void> {
    const asks = group.map(({ ask }) => ask);
    const outcomes = await this.#write(key, asks);
    void settle(group, outcomes);
  }

  /** @returns those that can be written; undefined: nobody is refused, since it is not known whose fault it was */
  async #refuseBad(
    key: string,
    group: readonly Waiting<Ask, Answer>[],
  ): Promise<readonly Waiting<Ask, Answer>[] | undefined> {
    if (group.length === 1 || !this.#unwritable) return undefined;
    const asks = group.map(({ ask }) => ask);
    const reasons = await this.#unwritable(key, asks).catch(() => undefined);
    if (!reasons) return undefined;
    const good = group.filter((_, i) => reasons[i] === undefined);
    if (good.length === 0) return undefined;
    for (const [i, { reject }] of group.entries()) if (reasons[i] !== undefined) reject(reasons[i]);
    return good;
  }
}

function refuseAll<Ask, Answer>(group: readonly Waiting<Ask, Answer>[], error: unknown): void {
  for (const { reject } of group) reject(error);
}

/** Never rejects. The next group may be written meanwhile. */
async function settle<Ask, Answer>(
  group: readonly Waiting<Ask, Answer>[],
  outcomes: readonly Outcome<Answer>[],
): Promise<void> {
  for (const [i, { resolve, reject }] of group.entries()) {
    if (i > 0 && i % AT_ONCE === 0) await nextTurn();
    const outcome = outcomes[i];
    if (outcome && 'ok' in outcome) resolve(outcome.ok);
    else reject(outcome?.error ?? new Error('a group was written without an answer for each entry'));
  }
}
