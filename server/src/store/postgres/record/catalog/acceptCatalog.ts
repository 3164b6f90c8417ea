import type { Postgres } from '../../base/Postgres.ts';
import { sealStates } from '../../organisation/peopleStates.ts';
import { differingStates } from '../projections/people.ts';
import { differencesNow, openDifferences, sealCatalog } from './catalogSeals.ts';

/**
 * AU31: seals the database as it is around the record, with accounts and units, when that differs from what was sealed; or
 * did, and nobody accepted it.
 * @param why the words of whoever accepts it
 * @returns what is accepted, in words
 */
export function acceptCatalog(postgres: Postgres, why: string): Promise<readonly string[]> {
  return postgres.transaction(async (sql) => {
    const open = await openDifferences(sql);
    const people = await differingStates(sql);
    const around = [
      ...((await differencesNow(sql, Number.POSITIVE_INFINITY)) ?? []),
      ...open.flatMap(({ words }) => words),
    ];
    const accepted = [...new Set([...around, ...people.map(({ words }) => words)])];
    if (accepted.length === 0) return [];
    for (const kind of ['account', 'unit'] as const)
      await sealStates(
        sql,
        kind,
        people.filter((state) => state.kind === kind).map(({ id }) => id),
      );
    await sealCatalog(sql, { act: 'accepted', why, differences: accepted });
    return accepted;
  });
}
