import type { UnitCode } from '../../protocol/organisation.ts';
import type { StoredAccount } from './ports.ts';

/** Keyed hashes of the codes of slips: whoever reads the database cannot try codes. */
export interface CodeHashes {
  /** The one that is stored. */
  of(unit: UnitCode, code: string): Buffer;
  /** Those that may be stored, while the secret of the cluster is being changed. */
  all(unit: UnitCode, code: string): readonly Buffer[];
}

/** A code of a slip, of an account whose role may have one. */
export interface NewCode {
  readonly account: string;
  readonly hash: Buffer;
}

/** Codes of printed slips. (LK7) */
export interface CodeStore {
  /** Beside those that the accounts have; one act. */
  issue(
    codes: readonly NewCode[],
    of: { readonly briefing: string; readonly title: string; readonly unit: UnitCode },
    by: { readonly account: string },
  ): Promise<void>;
  /** The code of this unit with one of these hashes, whatever its state. */
  find(
    unit: UnitCode,
    hashes: readonly Buffer[],
  ): Promise<{ readonly id: string; readonly account: StoredAccount } | undefined>;
}
