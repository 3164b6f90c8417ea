import type { Verified } from '../../server/src/domain/record/verifyRecord.ts';
import type { LookedAt } from '../support/archiveFiles.ts';
import { headLine } from './witnesses.ts';

/**
 * Says what verification found, the broken links first, and the last seal of each chain.
 * @param archives FG36: files of archived months beside the record, where they were looked at
 * @returns whether nothing is wrong
 */
export function tellVerified(what: string, record: Verified, archives?: LookedAt): boolean {
  const { at, chains, seals, rows, unsealed, since, unread, accepted } = record;
  const problems = [...record.problems, ...(archives?.wrong ?? []).map((text) => ({ chain: undefined, text }))];
  for (const { chain, text } of problems) console.log(`broken: ${chain === undefined ? '' : `${chain}: `}${text}`);
  console.log(`${what}, as of ${at}: ${seals} seals of ${chains.length} chains, ${rows} rows`);
  for (const { table, rows: count } of unsealed) console.log(`${table}: ${count} rows from before there were seals`);
  for (const { at: then, why, differences } of accepted)
    console.log(`accepted at ${then} (${why}): ${differences.join('; ')}`);
  if (archives && archives.files.length > 0)
    console.log(`files of archived months: ${archives.files.length} looked at`);
  for (const file of archives?.absent ?? [])
    console.log(`${file}: not there, so it was not looked at; its rows were, by what the database has of them`);
  for (const { table, covered, rows: count } of unread)
    console.log(
      `${covered}: ${count} rows of ${table} are from before ${since}: they were verified, and what they vouch for was not read`,
    );
  if (archives && archives.unread.length > 0)
    console.log(`files of archived months: ${archives.unread.length} from before ${since} are there and were not read`);
  if (problems.length > 0) {
    console.log(`${problems.length} broken`);
    return false;
  }
  const isPart = unread.length > 0 || (archives?.unread.length ?? 0) > 0;
  console.log(isPart ? 'nothing is wrong with what was read; --figures all reads everything' : 'nothing is wrong');
  if (chains.length > 0) console.log('last seal of each chain (keep a copy elsewhere, for --expect):');
  for (const head of chains) console.log(headLine(head));
  return true;
}
