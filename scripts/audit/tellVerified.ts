import type { Verified } from '../../server/src/domain/record/verifyRecord.ts';
import { headLine } from './witnesses.ts';

/** Says what verification found, the broken links first, and the last seal of each chain. @returns whether nothing is wrong */
export function tellVerified(what: string, { at, chains, seals, rows, unsealed, problems }: Verified): boolean {
  for (const { chain, text } of problems) console.log(`broken: ${chain === undefined ? '' : `${chain}: `}${text}`);
  console.log(`${what}, as of ${at}: ${seals} seals of ${chains.length} chains, ${rows} rows`);
  for (const { table, rows: count } of unsealed) console.log(`${table}: ${count} rows from before there were seals`);
  if (problems.length > 0) {
    console.log(`${problems.length} broken`);
    return false;
  }
  console.log('nothing is wrong');
  if (chains.length > 0) console.log('last seal of each chain (keep a copy elsewhere, for --expect):');
  for (const head of chains) console.log(headLine(head));
  return true;
}
