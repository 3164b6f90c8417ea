import { EventEmitter } from 'node:events';
import type { Logger } from '../../observability/logger.ts';
import type { DoneAct } from '../../protocol/people.ts';
import type { AccountNewsStore, ToldAct } from './ports.ts';
import type { Caller } from './Sessions.ts';

interface AccountNewsEvents {
  /** These were done to accounts by somebody else; each is said once on each node. */
  news: [acts: readonly ToldAct[]];
  /** An act of this node may be one of them; other nodes have to look. */
  acted: [account: string];
}

/**
 * AC4: what others did to an account, told to its person. It is learnt as the end of sessions is: by an act of this node, by
 * the hint of another one, and by a sweep, which finds what the command line did. So an act costs each node one small query,
 * and time one every two seconds, however many devices are connected.
 */
export class AccountNews extends EventEmitter<AccountNewsEvents> {
  readonly #store: AccountNewsStore;
  readonly #logger: Logger;
  /** Of PostgreSQL's clock; undefined before the first sweep. */
  #mark: string | undefined;
  #sweeps = 0;
  /** Acts that were told lately, and the number of the last sweep before. */
  readonly #told = new Map<string, number>();
  readonly #looking = new Set<Promise<void>>();

  constructor(store: AccountNewsStore, logger: Logger) {
    super();
    this.#store = store;
    this.#logger = logger;
  }

  /** What its person has not seen yet, the oldest first. */
  unseen({ account, session }: Caller): Promise<readonly DoneAct[]> {
    return this.#store.unseen(account.id, session);
  }

  /** It was seen, with all before it. */
  markSeen({ account }: Caller, act: string): Promise<void> {
    return this.#store.markSeen(account.id, act);
  }

  /** After the commit of an act, and before the sessions that it ended are told: who hears of it is still there. */
  async tell(account: string): Promise<void> {
    this.emit('acted', account);
    await this.look(account);
  }

  /** What was done to one account lately. Never fails: what is not told now is told by the next sweep. */
  look(account: string): Promise<void> {
    const looking = this.#ask(account).finally(() => this.#looking.delete(looking));
    this.#looking.add(looking);
    return looking;
  }

  /** When all hints that came are told: the end of a session is told after why it ended. */
  async settled(): Promise<void> {
    await Promise.all(this.#looking);
  }

  /** What hints have lost, and what the command line did. Never fails. */
  async sweep(): Promise<void> {
    await this.#ask(undefined);
  }

  async #ask(account: string | undefined): Promise<void> {
    try {
      const { mark, acts } = await this.#store.since(this.#mark, account);
      // What was done before this node ran is for pages that open.
      const fresh = this.#mark === undefined ? [] : acts.filter(({ act }) => !this.#told.has(act.id));
      for (const { act } of acts) this.#told.set(act.id, this.#sweeps);
      if (account === undefined) this.#swept(mark);
      if (fresh.length > 0) this.emit('news', fresh);
    } catch (err) {
      this.#logger.warn({ err, account }, 'what others did to accounts is told later');
    }
  }

  /** An act that two sweeps did not find comes no more. */
  #swept(mark: string): void {
    this.#mark = mark;
    this.#sweeps++;
    for (const [id, sweep] of this.#told) if (sweep < this.#sweeps - 2) this.#told.delete(id);
  }
}
