import type { FigureRow, RowError } from '../../protocol/figureBatch.ts';
import { atHeader } from './atHeader.ts';
import { sayOf } from './rowWords.ts';

/** Code of the source -> code of this installation. Without any of a kind, it uses ours. */
export interface SourceCodes {
  readonly indicator: ReadonlyMap<string, string>;
  readonly unit: ReadonlyMap<string, string>;
}

/**
 * FG45: rows by the codes of this installation. What is not in a table is unknown, since the same code may be somebody
 * else here. Pure.
 */
export function inOwnCodes(
  rows: readonly FigureRow[],
  codes: SourceCodes,
): { readonly known: readonly FigureRow[]; readonly unknown: readonly RowError[] } {
  if (kinds.every((kind) => codes[kind].size === 0)) return { known: rows, unknown: [] };
  const known: FigureRow[] = [];
  const unknown: RowError[] = [];
  for (const row of rows) {
    const wrong = kinds.find((kind) => codes[kind].size > 0 && !codes[kind].has(row[kind]));
    if (wrong) unknown.push(unknownCode(row, wrong));
    else {
      const [indicator, unit] = kinds.map((kind) => codes[kind].get(row[kind]) ?? row[kind]) as [string, string];
      known.push({ ...row, indicator, unit });
    }
  }
  return { known, unknown };
}

const kinds = ['indicator', 'unit'] as const;

const unknownCode = (row: FigureRow, column: (typeof kinds)[number]): RowError => {
  const reason = `unknown-${column}` as const;
  return atHeader({ row: row.row, column, value: row[column], reason, say: sayOf(reason) }, row);
};
