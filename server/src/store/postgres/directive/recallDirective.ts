import { recallAsks } from '../../../domain/directive/follow.ts';
import type { DirectiveStore } from '../../../domain/directive/ports.ts';
import type { Sql } from '../base/Postgres.ts';
import { sealed } from '../record/sealed.ts';
import { chainOf } from './issueDirective.ts';

/** @returns whether it was recorded now */
export async function recallDirective(
  sql: Sql,
  ...[{ directive, key, why, by }, decide]: Parameters<DirectiveStore['recall']>
): Promise<boolean> {
  const { result } = await sealed(sql, await chainOf(sql, directive), async (batch) => {
    const [end] = await sql.query<{ key: string }>('SELECT key FROM directive_ends WHERE directive = $1', [directive]);
    if (!decide(end)) return false;
    await batch.insert('directive_ends', [
      { directive, key, act: 'recall', account: by.account, by_name: by.name, why, at: batch.at },
    ]);
    await sql.query(`UPDATE directive_follows SET state = 'recall-asked' WHERE directive = $1 AND state = ANY($2)`, [
      directive,
      recallAsks,
    ]);
    return true;
  });
  return result;
}
