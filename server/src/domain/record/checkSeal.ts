import { type Hash, MerkleTree, splitHashes } from './merkle.ts';
import type { RecordLineOf } from './recordLine.ts';
import { type RecordRow, recordHash, sealHash } from './seal.ts';

/** A row that says it stands under the seal. */
export interface PlacedRow {
  readonly table: string;
  /** `table (key value, …)` */
  readonly name: string;
  readonly row: RecordRow;
  readonly hash: Hash;
}

export interface Last {
  readonly nr: number;
  readonly hash: Hash;
}

/** The seal before, with its time; undefined: there is none. */
export interface Before extends Last {
  readonly at?: string;
}

type SealLine = RecordLineOf<'seal'>;
const leafOf = ({ row }: PlacedRow): number => Number(row.leaf);
const hashOf = ({ chain, nr, previous, root, leaves, at }: SealLine): Hash =>
  sealHash({ chain, nr, previous, root, leaves, at });
const rootOf = (leaves: readonly Hash[]): Hash => new MerkleTree(leaves).root;

/**
 * AU3: whether a seal follows the one before it and agrees with its rows.
 * @param rows in the order of their places
 * @returns the first thing that is wrong, in plain words, and the row when it is about one
 */
export function checkSeal(
  seal: SealLine,
  before: Before,
  rows: readonly PlacedRow[],
): { readonly text: string; readonly row?: PlacedRow } | undefined {
  if (seal.nr !== before.nr + 1 && !isPassedOver(seal.nr - before.nr - 1, rows))
    return { text: gap(before.nr + 1, seal.nr) };
  const restore = rows.find(({ table, row }) => table === 'restores' && Number(row.seals) > 0);
  if (restore && Number(restore.row.seals) !== seal.nr - before.nr - 1)
    return {
      text: `${restore.name} says that ${restore.row.seals} numbers were passed over, and ${seal.nr - before.nr - 1} were`,
      row: restore,
    };
  const whole = rows.length > 0 && rows.every((row, i) => leafOf(row) === i);
  const found = whole ? rootOf(rows.map((row) => row.hash)) : undefined;
  if (hashOf(seal) !== seal.hash) return { text: alteredField(seal, before, rows.length, found) };
  if (seal.previous !== before.hash)
    return { text: `seal ${seal.nr} does not follow seal ${before.nr}: it was written anew, or the one before it was` };
  // As `to_jsonb` writes them under UTC, moments are in the order of their texts.
  if (before.at !== undefined && seal.at < before.at)
    return {
      text: `seal ${seal.nr} says an earlier time (${seal.at}) than seal ${before.nr} before it (${before.at})`,
    };
  const known = seal.hashes === null ? undefined : splitHashes(seal.hashes);
  const leads = known !== undefined && known.length > 0 && known.length === seal.leaves && rootOf(known) === seal.root;
  if (found === seal.root && rows.length === seal.leaves) {
    return leads || known === undefined
      ? undefined
      : { text: `seal ${seal.nr} was altered: column hashes of seals does not agree with the rest` };
  }
  return alteredRow(seal, rows, leads ? known : undefined);
}

/** AU16: a backup was restored, and what was sealed after it is gone; so says the first row after it. */
const isPassedOver = (numbers: number, [first]: readonly PlacedRow[]): boolean =>
  numbers > 0 && first?.table === 'restores' && Number(first.row.seals) === numbers;

const gap = (expected: number, found: number): string =>
  found > expected + 1 ? `seals ${expected} to ${found - 1} are gone` : `seal ${expected} is gone`;

/** Puts what should be there in each field: where the hash agrees again, that field was altered. */
function alteredField(seal: SealLine, before: Last, rows: number, root: string | undefined): string {
  const tries: Partial<SealLine>[] = [{ previous: before.hash }, { leaves: rows }, ...(root ? [{ root }] : [])];
  const field = tries.find((change) => hashOf({ ...seal, ...change }) === seal.hash);
  const column = field ? `column ${Object.keys(field)[0]}` : 'one of the columns hash, at, root, leaves, previous';
  return `seal ${seal.nr} was altered: ${column} of seals does not agree with the rest`;
}

function alteredRow(seal: SealLine, rows: readonly PlacedRow[], known: readonly Hash[] | undefined) {
  const under = `under seal ${seal.nr}`;
  const extra = rows.find(
    (row, i) => leafOf(row) >= seal.leaves || (i > 0 && leafOf(row) === leafOf(rows[i - 1] as PlacedRow)),
  );
  if (known) {
    for (const [place, hash] of known.entries()) {
      const here = rows.filter((row) => leafOf(row) === place);
      if (here.length === 0) {
        const text = `a row at place ${place} ${under} is gone${extra ? `, while ${extra.name} has no place there` : ''}`;
        return extra ? { text, row: extra } : { text };
      }
      if (here.some((row) => row.hash === hash)) continue;
      const row = here[0] as PlacedRow;
      const moved = known.findIndex((other, at) => recordHash(row.table, { ...row.row, leaf: at }) === other);
      const text =
        moved < 0
          ? `${row.name} was altered; it stands at place ${place} ${under}`
          : `${row.name} was moved ${under}: column leaf says ${place}, it was recorded at place ${moved}`;
      return { text, row };
    }
  }
  if (extra) return { text: `${extra.name} was slipped in: it has no place ${under}`, row: extra };
  if (rows.length < seal.leaves) return { text: `${seal.leaves - rows.length} rows ${under} are gone` };
  const [only] = rows;
  if (rows.length === 1 && only) return { text: `${only.name} was altered; it stands ${under}`, row: only };
  const tables = [...new Set(rows.map((row) => row.table))].join(', ');
  return { text: `one of the ${rows.length} rows ${under} (${tables}) was altered` };
}
