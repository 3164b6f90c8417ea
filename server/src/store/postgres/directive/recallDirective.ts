import { recallAsks } from '../../../domain/directive/follow.ts';
import type { DirectiveStore } from '../../../domain/directive/ports.ts';
import { refuse } from '../../../protocol/errors.ts';
import type { Sql } from '../base/Postgres.ts';
import { sealed } from '../record/sealed.ts';
import { chainOf } from './issueDirective.ts';

/** DR17, DR19. @returns whether it was recorded now */
export async function recallDirective(
  sql: Sql,
  { directive, key, why, by }: Parameters<DirectiveStore['recall']>[0],
): Promise<boolean> {
  const { result } = await sealed(sql, await chainOf(sql, directive), async (batch) => {
    const [end] = await sql.query<{ key: string }>('SELECT key FROM directive_ends WHERE directive = $1', [directive]);
    if (end?.key === key) return false;
    if (end) throw refuse('conflict', 'this directive was recalled or superseded already');
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
