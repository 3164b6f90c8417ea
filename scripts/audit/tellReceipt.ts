import { doubtAbout, type StampKey } from '../../server/src/domain/record/stamp.ts';
import type { ReceiptVerdict } from '../../server/src/domain/record/verdict.ts';
import { assertNever } from '../../server/src/lib/assertNever.ts';
import type { ReadReceipt } from './witnesses.ts';

/** broken: of receipt and record one was altered. unproven: nobody here can tell. lost: genuine, and lost with a restore. */
export type ReceiptResult = 'stands' | 'lost' | 'unproven' | 'broken';

/**
 * AU21: says what is known of one receipt.
 * @param verdict of the record; undefined: none was asked
 * @param keys by which this installation knows its receipts; none where they are not at hand
 */
export function tellReceipt(
  read: ReadReceipt,
  verdict: ReceiptVerdict | undefined,
  keys: readonly StampKey[],
): ReceiptResult {
  const { source, receipt } = read;
  const { chain, seal, leaf, leaves, table, at, record } = receipt;
  const doubt = doubtAbout(receipt, keys);
  if (doubt === 'broken') return tell('broken', source, 'row, path and seal do not lead to its hash: it was altered');
  if (doubt === 'forged')
    return tell('broken', source, 'its stamp is not one of the key that it names: it was made up or altered');
  console.log(
    `${source} agrees with itself: ${table}, place ${leaf} of ${leaves} under seal ${seal} of ${chain}, sealed at ${at}`,
  );
  console.log(JSON.stringify(record, null, 2));
  const isKnown = doubt === undefined;
  return verdict ? tellVerdict(read, verdict, isKnown) : tellAlone(read, isKnown);
}

function tellAlone({ source, receipt: { seal, hash } }: ReadReceipt, isKnown: boolean): ReceiptResult {
  const ask = `Whether seal ${seal} with the hash ${hash} stands in the record, only the record can say: add --database or --export FILE.`;
  return tell(
    'unproven',
    source,
    isKnown
      ? `this installation gave it, by its stamp. ${ask}`
      : `that proves nothing yet, since anybody can make up one that does. ${ask}`,
  );
}

function tellVerdict({ source, receipt }: ReadReceipt, verdict: ReceiptVerdict, isKnown: boolean): ReceiptResult {
  const { chain, seal, table } = receipt;
  const who = isKnown
    ? 'this installation gave the receipt, by its stamp: the record was altered'
    : 'nothing here knows its stamp: either the record was altered, or the receipt was made up';
  const broken = (what: string) => tell('broken', source, `${what}; ${who}`);
  switch (verdict.kind) {
    case 'stands':
      return tell('stands', source, `seal ${seal} of ${chain} is on record with that hash, and its row says the same`);
    case 'lost': {
      const { at, backupAt } = verdict.restore;
      const what = `a backup of ${backupAt} was put back at ${at}, and what was recorded under that number was lost with it`;
      return isKnown
        ? tell('lost', source, `${what}; this installation gave the receipt, by its stamp`)
        : tell('unproven', source, `${what}; nothing here knows the stamp of the receipt, so it may be made up`);
    }
    case 'other-seal':
      return broken(`seal ${seal} of ${chain} is another one on record`);
    case 'other-row':
      return broken(`the row of ${table} says something else on record in ${verdict.columns.join(', ')}`);
    case 'row-gone':
      return broken(`the row of ${table} is gone from under seal ${seal} of ${chain}`);
    case 'seal-gone':
      return broken(`seal ${seal} of ${chain} is gone, and no restore says why`);
    case 'cut':
      return broken(`${chain} ends before seal ${seal}: the newest seals are gone`);
    case 'chain-gone':
      return broken(`${chain} is gone, and no restore says why`);
    default:
      return assertNever(verdict);
  }
}

function tell(result: ReceiptResult, source: string, text: string): ReceiptResult {
  console.log(`${result}: ${source}: ${text}`);
  return result;
}
