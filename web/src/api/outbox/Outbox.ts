import { fullJitter } from '../../lib/jitter.ts';
import { Store } from '../../lib/Store.ts';
import { ApiError, isPassing, isSignedOut } from '../ApiError.ts';
import { KeptReceipts } from '../receipts/KeptReceipts.ts';
import { MemoryKeeper, type OutboxKeeper, openKeeper, type Unsent } from './OutboxKeeper.ts';
import type { OutboxEntry } from './outboxEntry.ts';
import type { Answer, Payload, Via } from './sendable.ts';

export interface OutboxState {
  /** As written, oldest first: unsent, recorded (with their receipts) and refused ones that nobody has read yet. */
  readonly entries: readonly OutboxEntry[];
  /** false: unsent ones are lost when the page is closed, since this browser keeps nothing. */
  readonly durable: boolean;
}

/** How entries of one kind reach the server. */
export interface Carrier<V extends Via> {
  /** Sends once. @throws ApiError: passing reasons are tried again, any other ends the entry */
  send(payload: Payload<V>): Promise<Answer<V>>;
  /**
   * What is on record under the key, whatever `send` was told: nothing is called refused before this was asked.
   * @returns undefined: nothing is. @throws ApiError: passing reasons leave it open
   */
  settle?(payload: Payload<V>): Promise<Answer<V> | undefined>;
  /** Whether this page may carry it, for example only for its own briefing. Left out: all. */
  takes?(payload: Payload<V>, writtenAt: string): boolean;
}

interface Lane {
  readonly carrier: Carrier<Via>;
  attempt: number;
  timer: ReturnType<typeof setTimeout> | undefined;
  running: boolean;
  /** Something was written while it ran. */
  again: boolean;
}

/**
 * What was said on this computer and must not be lost. `post` keeps it on the disk before it is sent; it is sent by
 * whoever can carry it, again with full jitter until the server acknowledges, also by another tab and after a reload of
 * the page, under one key.
 */
export class Outbox {
  readonly state = new Store<OutboxState>({ entries: [], durable: true });
  /** RS1: of what was said here, also when nobody needs to see it any more. */
  readonly receipts: KeptReceipts;
  readonly #owner: string;
  readonly #open: () => Promise<OutboxKeeper>;
  readonly #wait: (attempt: number) => number;
  readonly #lanes = new Map<Via, Lane>();
  #keeper: Promise<OutboxKeeper> | undefined;
  #others: BroadcastChannel | undefined;
  /** Counts what was written, so that a look that began before it is not believed. */
  #writes = 0;
  /** Refused ones of which this page has asked whether they are on record all the same. */
  readonly #asked = new Set<string>();

  /** @param owner the account that speaks here */
  constructor(owner: string, open: () => Promise<OutboxKeeper> = openKeeper, wait = fullJitter) {
    this.#owner = owner;
    this.receipts = new KeptReceipts(owner);
    this.#open = open;
    this.#wait = wait;
  }

  /** Reads what is kept, and begins to send. May follow a `close`. */
  async open(): Promise<void> {
    if (this.#keeper) return;
    const keeper = this.#open();
    this.#keeper = keeper;
    this.#others = new BroadcastChannel(`dh.outbox.${this.#owner}`);
    this.#others.onmessage = () => void this.#look();
    this.state.set({ durable: (await keeper).durable });
    if (this.#keeper !== keeper) return;
    await this.#look();
    void this.receipts.keep(
      this.state.get().entries.flatMap((one) => (one.status === 'recorded' ? [one.answer.receipt] : [])),
    );
    for (const via of this.#lanes.keys()) this.#kick(via);
  }

  close(): void {
    for (const { timer } of this.#lanes.values()) clearTimeout(timer);
    this.#others?.close();
    this.#others = undefined;
    void this.#keeper?.then((keeper) => keeper.close());
    this.#keeper = undefined;
    this.receipts.close();
  }

  /**
   * Nothing of anybody is kept here any more, and nothing more is written. The browser was told to delete all of it by
   * then (`Clear-Site-Data`); what the page itself holds open, or opens meanwhile, it deletes itself.
   */
  async forget(): Promise<void> {
    const keeper = this.#keeper;
    this.close();
    await Promise.all([keeper?.then((open) => open.destroy()), this.receipts.forget()]);
  }

  /** Keeps it, then sends it. @returns when it is kept; what becomes of it stands in `state` */
  async post<V extends Via>(via: V, key: string, payload: Payload<V>): Promise<void> {
    if (!this.#keeper) throw new Error('the outbox is closed');
    const written = { key, owner: this.#owner, via, payload, writtenAt: new Date().toISOString(), status: 'unsent' };
    await this.#keep(written as OutboxEntry);
    this.#kick(via);
  }

  /** From now on entries of that kind are sent so. @returns what ends it */
  carry<V extends Via>(via: V, carrier: Carrier<V>): () => void {
    const lane: Lane = {
      carrier: carrier as unknown as Carrier<Via>,
      attempt: 0,
      timer: undefined,
      running: false,
      again: false,
    };
    clearTimeout(this.#lanes.get(via)?.timer);
    this.#lanes.set(via, lane);
    this.#kick(via);
    return () => {
      clearTimeout(lane.timer);
      if (this.#lanes.get(via) === lane) this.#lanes.delete(via);
    };
  }

  /** The way there is open again: no waiting for the next try. */
  hurry(via: Via): void {
    const lane = this.#lanes.get(via);
    if (!lane) return;
    lane.attempt = 0;
    this.#kick(via);
  }

  /** What a computer that forgets everything would lose. */
  async unsent(): Promise<Unsent> {
    const keeper = await this.#keeper;
    return keeper ? keeper.unsent(this.#owner) : { own: 0, others: 0 };
  }

  /** Somebody has read that it was refused, or needs the receipt no more. Unsent ones stay. */
  async dismiss(key: string): Promise<void> {
    const entry = this.state.get().entries.find((one) => one.key === key);
    if (!entry || entry.status === 'unsent') return;
    this.state.set({ entries: this.state.get().entries.filter((one) => one !== entry) });
    await this.#write((keeper) => keeper.remove(key));
  }

  #kick(via: Via): void {
    const lane = this.#lanes.get(via);
    if (!lane || !this.#keeper) return;
    lane.again = true;
    if (lane.running) return;
    clearTimeout(lane.timer);
    void this.#run(via, lane);
  }

  async #run(via: Via, lane: Lane): Promise<void> {
    lane.running = true;
    let left = false;
    while (lane.again && this.#lanes.get(via) === lane && this.#keeper) {
      lane.again = false;
      // Of all tabs of this account one sends at a time, and looks first at what the others have done.
      left = await oneTabAtATime(`dh.outbox.${this.#owner}.${via}`, () => this.#sendAll(via, lane.carrier));
    }
    lane.running = false;
    if (!left) lane.attempt = 0;
    else if (this.#lanes.get(via) === lane && this.#keeper)
      lane.timer = setTimeout(() => this.#kick(via), this.#wait(lane.attempt++));
  }

  /** In the order in which they were written. @returns whether one must be tried again */
  async #sendAll(via: Via, carrier: Carrier<Via>): Promise<boolean> {
    await this.#look();
    let left = false;
    for (const entry of this.state.get().entries) {
      if (entry.via !== via || entry.status === 'recorded') continue;
      if (entry.status === 'refused' && (this.#asked.has(entry.key) || !carrier.settle)) continue;
      if (carrier.takes && !carrier.takes(entry.payload, entry.writtenAt)) continue;
      try {
        const answer = await answerOf(carrier, entry);
        if (entry.status === 'refused') this.#asked.add(entry.key);
        if (answer) await this.#keep({ ...entry, status: 'recorded', answer } as OutboxEntry);
        if (answer) void this.receipts.keep([answer.receipt]);
      } catch (error) {
        if (mayHelp(error)) {
          left = true;
          // The others would only meet the same silence.
          if (error instanceof ApiError && error.reason === 'network') break;
        } else {
          this.#asked.add(entry.key);
          if (entry.status === 'refused') continue;
          const { reason, message } = error as ApiError;
          await this.#keep({ ...entry, status: 'refused', reason, message } as OutboxEntry);
        }
      }
    }
    return left;
  }

  async #keep(entry: OutboxEntry): Promise<void> {
    const others = this.state.get().entries.filter(({ key }) => key !== entry.key);
    this.state.set({ entries: [...others, entry].sort(byTime) });
    await this.#write((keeper) => keeper.put(entry));
  }

  async #write(change: (keeper: OutboxKeeper) => Promise<void>): Promise<void> {
    this.#writes++;
    const keeper = await this.#keeper;
    try {
      if (keeper) await change(keeper);
    } catch (error) {
      console.warn('this browser keeps no more: unsent answers last as long as the page', error);
      const memory = new MemoryKeeper();
      for (const entry of this.state.get().entries) await memory.put(entry);
      this.#keeper = Promise.resolve(memory);
      this.state.set({ durable: false });
    }
    this.#writes++;
    this.#others?.postMessage('changed');
  }

  /** Another tab may have written, sent or dismissed. */
  async #look(): Promise<void> {
    const [keeper, writes] = [this.#keeper, this.#writes];
    try {
      const entries = await (await keeper)?.all(this.#owner);
      if (!entries || this.#keeper !== keeper) return;
      if (this.#writes !== writes) return await this.#look();
      this.state.set({ entries: entries.sort(byTime) });
    } catch (error) {
      // What this tab knows is still true for it.
      if (this.#keeper === keeper) console.warn('the outbox could not be read', error);
    }
  }
}

const byTime = (a: OutboxEntry, b: OutboxEntry): number =>
  a.writtenAt.localeCompare(b.writtenAt) || a.key.localeCompare(b.key);

/** @returns undefined: it was refused before, and still is. @throws ApiError */
async function answerOf(carrier: Carrier<Via>, { status, payload }: OutboxEntry): Promise<Answer<Via> | undefined> {
  if (status === 'refused') return carrier.settle?.(payload);
  try {
    return await carrier.send(payload);
  } catch (error) {
    if (mayHelp(error)) throw error;
    // The refusal of a repetition says nothing of the first one, whose acknowledgement may have been lost.
    const settled = await carrier.settle?.(payload);
    if (settled) return settled;
    throw error;
  }
}

/** Whoever signs in again is the same person, so an ended session ends no answer. */
const mayHelp = (error: unknown): boolean => isPassing(error) || isSignedOut(error);

/** Without locks (not a secure origin) tabs may send twice; the key sees to it that one is recorded. */
const oneTabAtATime = <T>(name: string, work: () => Promise<T>): Promise<T> =>
  'locks' in navigator ? (navigator.locks.request(name, work) as Promise<T>) : work();
