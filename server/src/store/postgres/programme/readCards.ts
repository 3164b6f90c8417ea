import type { CardShown } from '../../../domain/floor/airTime.ts';
import type { Sql } from '../base/Postgres.ts';

/** When a card was shown in place of the stage, and when none was, by the record of the programme, in its order. (FL20, MN4) */
export const readCards = (sql: Sql, briefing: string): Promise<readonly CardShown[]> =>
  sql.query<CardShown>(
    `SELECT at, coalesce(layout->>'kind' = 'card', false) AS card FROM programme_acts WHERE briefing = $1 ORDER BY seq`,
    [briefing],
  );
