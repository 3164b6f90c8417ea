import type { BatchAsk, RowError } from '../../../protocol/figureBatch.ts';
import type { Pulled, PullFault, PullState } from '../../../protocol/figurePull.ts';
import type { BatchType } from '../formats/readBatch.ts';

/** A source that an operator has listed, with what is asked of it and how often. */
export interface ListedSource extends Pick<BatchAsk, 'mode' | 'reason'> {
  readonly source: string;
  readonly type: BatchType;
  readonly everyMs: number;
  /** SHA-256 of what is asked, hexadecimal. What is kept of an answer holds for that alone. */
  readonly asks: string;
}

/** What a source said of its answer, by which the next request asks for what is newer. */
export interface Validators {
  readonly etag: string | null;
  readonly modified: string | null;
}

/** A source that this node asks, and nobody else until the lease is over. */
export interface ClaimedPull extends Validators {
  readonly lease: string;
  /** By PostgreSQL's clock. */
  readonly at: Date;
  readonly failures: number;
}

export interface PullOutcome extends Validators {
  readonly at: Date;
  readonly came: Pulled;
  readonly failures: number;
  readonly errors: readonly RowError[];
  readonly againInMs: number;
}

export interface PullStore {
  /** Those that are listed anew, or otherwise than before, are due at once. */
  begin(listed: readonly Pick<ListedSource, 'source' | 'asks'>[]): Promise<void>;
  /** Of these, those that are to be asked now and that nobody asks; who waits for longest first. */
  due(sources: readonly string[]): Promise<readonly string[]>;
  /** @returns undefined: it is not due, or another node asks it */
  claim(source: Pick<ListedSource, 'source' | 'asks'>, leaseMs: number): Promise<ClaimedPull | undefined>;
  /** What came, unless the lease is another's by now. */
  done(source: string, lease: string, result: PullOutcome): Promise<void>;
  /** Nothing came, and it is due as before. */
  release(source: string, lease: string): Promise<void>;
}

/** What whoever answers for sources reads of them. */
export interface PullReader {
  /** Source -> how it goes; those that nobody ever listed have none. */
  states(sources: readonly string[]): Promise<ReadonlyMap<string, PullState>>;
  /** Rows that were refused when it was asked last. */
  errors(source: string): Promise<readonly RowError[]>;
}

/** What a source answers. Whoever takes the bytes reads them to the end or lets go of them. */
export type SourceAnswer =
  | { readonly is: 'not-modified' }
  | ({ readonly is: 'body'; readonly bytes: AsyncIterable<Buffer>; readonly packed: boolean } & Validators);

/** @throws PullFailure; whatever else when it was stopped */
export type AskSource<S extends ListedSource> = (
  source: S,
  known: Validators,
  stop: AbortSignal,
) => Promise<SourceAnswer>;

/** Why nothing came. */
export class PullFailure extends Error {
  override readonly name = 'PullFailure';
  readonly fault: PullFault;
  readonly status: number | null;
  /** When the source says that it may be asked again, ms from now. */
  readonly retryAfterMs: number;

  constructor(
    fault: PullFault,
    message: string,
    {
      status = null,
      retryAfterMs = 0,
      ...options
    }: ErrorOptions & { status?: number | null; retryAfterMs?: number } = {},
  ) {
    super(message, options);
    this.fault = fault;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}
