import type { FoundCheck } from '../../protocol/readiness.ts';

export interface NewCheck extends FoundCheck {
  readonly unit: string;
  readonly account: string;
  readonly device: string;
  readonly browser: string;
}

export interface StoredCheck extends FoundCheck {
  readonly unit: string;
  readonly browser: string;
  readonly at: string;
}

export interface CheckStore {
  /** In one transaction; of two of the same device the later one stands. */
  write(checks: readonly NewCheck[]): Promise<void>;
  /** The last one of each of these units, of whichever device. */
  latest(units: readonly string[]): Promise<readonly StoredCheck[]>;
  /** Forgets what is old. */
  sweep(): Promise<void>;
}
