import type { RecordRow } from '../../../domain/record/seal.ts';
import type { Sql } from '../base/Postgres.ts';
import { sealed } from '../record/sealed.ts';
import { CHAIN } from './peopleActs.ts';

export type PersonKind = 'account' | 'unit';

/** What tables say of accounts and units now: kind, id, state. */
export const STATES = `SELECT 'account' AS kind, a.id::text COLLATE "C" AS id, jsonb_build_object('name', a.name, 'role', a.role, 'unit', a.unit,
    'indicators', to_jsonb(a.indicators), 'disabled', a.disabled_at, 'demo', a.demo) AS state FROM public.accounts a
  UNION ALL SELECT 'unit', u.code, jsonb_build_object('closed', u.closed_on, 'versions', (SELECT jsonb_agg(jsonb_build_object('from', v.valid_from,
      'to', v.valid_to, 'parent', v.parent, 'path', v.path, 'tier', v.tier, 'name', v.name) ORDER BY v.valid_from)
      FROM public.unit_versions v WHERE v.code = u.code))
    FROM public.units u WHERE u.closed_on IS NOT NULL OR EXISTS (SELECT FROM public.unit_versions v WHERE v.code = u.code)`;

/** What the record says of them last. */
export const SEALED_STATES = `SELECT DISTINCT ON (p.kind, p.id) p.kind, p.id, p.state FROM public.people_states p WHERE p.chain = '${CHAIN}'
  ORDER BY p.kind, p.id, p.seal DESC, p.leaf DESC`;

/** AU34: seals what accounts or units are now, in the transaction that changed them; of one that is gone, that it is. */
export async function sealStates(sql: Sql, kind: PersonKind, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await seal(
    sql,
    `SELECT $1::text AS kind, i.id, s.state FROM unnest($2::text[]) AS i (id) LEFT JOIN (${STATES}) s ON s.kind = $1 AND s.id = i.id ORDER BY i.id`,
    [kind, ids],
  );
}

/** AU34: seals all of them, the first time. */
export async function sealAllStates(sql: Sql): Promise<void> {
  const begun = await sql.query('SELECT FROM public.people_states WHERE chain = $1 LIMIT 1', [CHAIN]);
  if (begun.length === 0) await seal(sql, `SELECT * FROM (${STATES}) s ORDER BY s.kind, s.id`, []);
}

/** So that one statement stays within the time of the pool. */
const AT_ONCE = 5_000;

async function seal(sql: Sql, statement: string, values: readonly unknown[]): Promise<void> {
  const states = await sql.query<{ kind: string; id: string; state: RecordRow | null }>(statement, values);
  if (states.length === 0) return;
  await sealed(sql, CHAIN, async (batch) => {
    for (let from = 0; from < states.length; from += AT_ONCE)
      await batch.insert(
        'people_states',
        states.slice(from, from + AT_ONCE).map((state) => ({ ...state, at: batch.at })),
      );
  });
}
