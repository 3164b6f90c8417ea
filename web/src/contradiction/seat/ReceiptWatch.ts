import {
  comparedSchema,
  comparedTableSchema,
  contradictedSchema,
  type FoundSeal,
  type Receipt,
  type SealPlace,
} from '@dieu-hanh/server/protocol';
import type { Api } from '../../api/Api.ts';
import { ApiError, isPassing } from '../../api/ApiError.ts';
import type { KeptReceipts } from '../../api/receipts/KeptReceipts.ts';
import type { KeptReceipt } from '../../api/receipts/ReceiptKeeper.ts';
import { fullJitter } from '../../lib/jitter.ts';
import { Store } from '../../lib/Store.ts';
import type { Contradicted } from '../evidence.ts';
import { compareReceipt } from './compareReceipt.ts';

/** AU22: places in one ask, as the server takes them. */
const AT_ONCE = 100;
/** AU26: how long an answer may take before the page says that there is none. */
export const SILENT_MS = 60_000;
/** Pages that come back in the same moment ask at a random one of this time. */
const SPREAD_MS = 10_000;
/** After a refusal that does not pass by itself, as of a node of the version before. */
const REFUSED_MS = 60_000;

export interface WatchState {
  /** AU26: it was asked, and nobody has answered for a minute. */
  readonly isSilent: boolean;
  readonly contradicted: readonly Contradicted[];
}

interface Parts {
  readonly api: Pick<Api, 'ask'>;
  readonly receipts: Pick<KeptReceipts, 'all' | 'news'>;
  /** Code of the unit whose receipts are held against the record. */
  readonly unit: string;
  readonly random?: () => number;
}

/** AU22–AU26: holds the receipts that this page keeps against the record, at each connect. */
export class ReceiptWatch {
  readonly state = new Store<WatchState>({ isSilent: false, contradicted: [] });
  readonly #o: Parts;
  readonly #random: () => number;
  readonly #stop = new AbortController();
  readonly #forget: () => void;
  readonly #reported = new Set<string>();
  #silence: ReturnType<typeof setTimeout> | undefined;
  #isAsking = false;
  /** Something changed while it asked. */
  #again = false;

  static open(parts: Parts): ReceiptWatch {
    const watch = new ReceiptWatch(parts);
    watch.#begin();
    return watch;
  }

  private constructor(parts: Parts) {
    this.#o = parts;
    this.#random = parts.random ?? Math.random;
    this.#forget = parts.receipts.news.subscribe(() => {
      void this.#showRivals();
      this.#begin();
    });
  }

  close(): void {
    this.#stop.abort();
    this.#forget();
    clearTimeout(this.#silence);
  }

  #begin(): void {
    this.#again = true;
    if (this.#isAsking) return;
    this.#isAsking = true;
    this.#run()
      .catch((error) => console.warn('receipts were not held against the record', error))
      .finally(() => {
        this.#isAsking = false;
      });
  }

  async #run(): Promise<void> {
    while (this.#again && !this.#stop.signal.aborted) {
      this.#again = false;
      await this.#compareAll();
    }
  }

  async #compareAll(): Promise<void> {
    const own = (await this.#o.receipts.all()).filter(({ receipt }) => this.#isOwn(receipt));
    const kept = own.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
    await this.#showRivals();
    // On an origin that is not secure the browser has no hashes, so nothing can be compared.
    if (kept.length === 0 || !('subtle' in crypto)) return;
    await this.#wait(this.#random() * SPREAD_MS);
    for (let first = 0; first < kept.length && !this.#stop.signal.aborted; first += AT_ONCE)
      this.#show(await this.#compare(kept.slice(first, first + AT_ONCE)));
    if (this.#stop.signal.aborted) return;
    for (const { receipt } of this.state.get().contradicted) await this.#report(receipt);
  }

  /** Without the server, which may not answer. */
  async #showRivals(): Promise<void> {
    const kept = await this.#o.receipts.all();
    this.#show(kept.flatMap(({ receipt, rival }) => (rival ? [{ receipt, rival }] : [])));
  }

  #isOwn({ table, record }: Receipt): boolean {
    return record.unit === this.#o.unit && comparedTableSchema.safeParse(table).success;
  }

  /** What was seen once stays on the page, whatever is answered later. */
  #show(found: readonly Contradicted[]): void {
    const before = this.state.get().contradicted;
    const news = found.filter(({ receipt }) => before.every((one) => one.receipt.hash !== receipt.hash));
    if (news.length > 0) this.state.set({ contradicted: [...before, ...news] });
  }

  async #compare(kept: readonly KeptReceipt[]): Promise<readonly Contradicted[]> {
    const answers = await this.#ask(kept.map(({ receipt }) => placeOf(receipt)));
    const contradicted: Contradicted[] = [];
    for (const [i, { receipt }] of kept.entries()) {
      const found = answers?.[i];
      if (found && (await compareReceipt(receipt, found)) === 'contradicted') contradicted.push({ receipt, found });
    }
    return contradicted;
  }

  /** Again and again until it is answered. @returns undefined: the page leaves, or the session has ended */
  async #ask(places: readonly SealPlace[]): Promise<readonly FoundSeal[] | undefined> {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.state.set({ isSilent: true }), SILENT_MS);
    for (let attempt = 0; !this.#stop.signal.aborted; attempt += 1)
      try {
        const { found } = await this.#askOnce(places);
        clearTimeout(this.#silence);
        this.state.set({ isSilent: false });
        if (found.length === places.length) return found;
        throw new ApiError('internal', 'the server left places out');
      } catch (error) {
        if (error instanceof ApiError && error.reason === 'unauthenticated') this.close();
        else await this.#wait(pauseAfter(error, attempt, this.#random));
      }
    return undefined;
  }

  /** A server that takes an ask and never answers is asked anew. */
  async #askOnce(places: readonly SealPlace[]) {
    const end = new AbortController();
    const timer = setTimeout(() => end.abort(new DOMException('no answer came', 'TimeoutError')), SILENT_MS);
    const signal = AbortSignal.any([this.#stop.signal, end.signal]);
    try {
      return await this.#o.api.ask('/api/seals', comparedSchema, { method: 'POST', body: { places }, signal });
    } finally {
      clearTimeout(timer);
    }
  }

  /** AU24: so that officials are told; what it does not get through is reported with the next connect. */
  async #report(receipt: Receipt): Promise<void> {
    if (this.#reported.has(receipt.hash)) return;
    try {
      await this.#o.api.ask('/api/contradictions', contradictedSchema, { method: 'POST', body: { receipt } });
      this.#reported.add(receipt.hash);
    } catch (error) {
      console.warn('a contradiction was not reported', error);
    }
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#stop.signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

const placeOf = ({ table, chain, seal, leaf, at }: Receipt): SealPlace => ({
  table: comparedTableSchema.parse(table),
  chain,
  seal,
  leaf,
  at,
});

function pauseAfter(error: unknown, attempt: number, random: () => number): number {
  if (!isPassing(error)) return REFUSED_MS * (1 + random());
  const told = error instanceof ApiError ? (error.retryAfterSeconds ?? 0) * 1_000 : 0;
  return told + 500 + fullJitter(attempt, random);
}
