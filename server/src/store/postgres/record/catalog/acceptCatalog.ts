import type { Postgres } from '../../base/Postgres.ts';
import { differencesNow, openDifferences, sealCatalog } from './catalogSeals.ts';

/**
 * AU31: seals the database as it is, when it differs from what was sealed, or did and nobody accepted that.
 * @param why the words of whoever accepts it
 * @returns what is accepted, in words
 */
export function acceptCatalog(postgres: Postgres, why: string): Promise<readonly string[]> {
  return postgres.transaction(async (sql) => {
    const open = await openDifferences(sql);
    const words = [...new Set([...((await differencesNow(sql)) ?? []), ...open.flatMap((then) => then.words)])];
    if (words.length > 0) await sealCatalog(sql, { act: 'accepted', why });
    return words;
  });
}
