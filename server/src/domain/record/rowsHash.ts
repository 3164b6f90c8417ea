import { createHash } from 'node:crypto';
import { CanonicalRows } from './canonical.ts';
import type { RecordRow } from './seal.ts';

/** Characters. */
const AT_ONCE = 65_536;

/**
 * AU4: hash of rows beside the record, which an official row carries: SHA-256 over the canonical JSON of each row and a
 * line feed.
 */
export class RowsHash {
  readonly #hash = createHash('sha256');
  readonly #rows = new CanonicalRows();
  /** Not hashed yet: a few thousand rows at once cost less. */
  #text = '';

  add(row: RecordRow): void {
    this.#text += `${this.#rows.write(row)}\n`;
    if (this.#text.length >= AT_ONCE) this.#flush();
  }

  #flush(): void {
    this.#hash.update(this.#text);
    this.#text = '';
  }

  /** Hexadecimal; ends the hash. */
  close(): string {
    this.#flush();
    return this.#hash.digest('hex');
  }
}

/** @param rows all columns, as `to_jsonb` writes them, in the order that the registry of official tables names */
export function rowsHash(rows: Iterable<RecordRow>): string {
  const hash = new RowsHash();
  for (const row of rows) hash.add(row);
  return hash.close();
}
