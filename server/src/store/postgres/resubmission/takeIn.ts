import type { RecordRow } from '../../../domain/record/seal.ts';
import { type LostMoment, recordAgain, type TakenIn } from '../../../domain/resubmission/decide.ts';
import type { Offer, Written } from '../../../domain/resubmission/ports.ts';
import type { Sql } from '../base/Postgres.ts';
import { fromStatus, toFollow } from '../directive/directiveRows.ts';
import { FOLLOW_ACTS, type KnownAddressee, writeFollows } from '../directive/recordFollowActs.ts';
import { Batch, SYSTEM } from '../record/sealed.ts';
import { countOn, ENTRIES } from '../rollcall/enterGroup.ts';
import { readMoment } from './readMoment.ts';

/** RS2, RS3: what was lost stands again, with the moments of then, under one seal with what says that it was sent again. */
export async function takeIn(
  sql: Sql,
  chain: string,
  offers: readonly Offer[],
  decide: (moment: LostMoment) => TakenIn,
): Promise<Written> {
  const [there] = await sql.query('SELECT FROM chains WHERE id = $1', [chain]);
  const batch = await Batch.open(sql, there ? chain : SYSTEM);
  const { full, ...moment } = await readMoment(sql, offers);
  const { decisions, last, moved } = decide(moment);
  const decided = offers.map((offer, i) => ({ offer, ...(decisions[i] as TakenIn['decisions'][number]) }));
  const taken = decided.filter(({ outcome, restore }) => outcome === 'taken' && restore !== undefined);
  const answers = taken.flatMap(({ offer, seq }) =>
    offer.kind === 'answer' && seq !== undefined ? [{ offer, row: offer.row, seq }] : [],
  );
  await batch.insert(
    'resubmissions',
    decided.flatMap(({ offer, outcome, restore }) => (restore === undefined ? [] : [toRow(offer, outcome, restore)])),
  );
  await batch.append(
    ENTRIES,
    answers.map(({ offer, seq }) => ({ ...contentOf(offer), seq })),
  );
  await batch.insert(
    FOLLOW_ACTS,
    taken.flatMap(({ offer }) => (offer.kind === 'act' ? [contentOf(offer)] : [])),
  );
  await countOn(sql, last);
  await writeFollows(sql, full, moved);
  await batch.close();
  return {
    outcomes: decisions.map(({ outcome }) => outcome),
    entries: answers.map(({ offer, row, seq }) => ({ ...recordAgain(row, seq), resubmittedAt: offer.by.received })),
    follows: [...moved].map(([key, { status }]) => {
      const { row, context } = full.get(key) as KnownAddressee;
      return toFollow(fromStatus(row, status), { ...context, resubmitted: true });
    }),
  };
}

/** The row of then, without its place. */
function contentOf({ receipt }: Offer): RecordRow {
  const { chain: _, seal: __, leaf: ___, ...content } = receipt.record as RecordRow;
  return content;
}

const toRow = ({ receipt, about, kind, row, by }: Offer, fate: string, restore: string) => ({
  ...{
    about,
    unit: row.unit,
    path: by.path,
    key: row.key,
    kind,
    fate,
    original_at: row.at,
    at: by.received,
    restore,
    receipt,
  },
  ...{ account: by.account, account_name: by.name, identity: by.identity, address: by.address },
});
