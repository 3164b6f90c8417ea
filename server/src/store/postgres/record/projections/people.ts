import { isDeepStrictEqual } from 'node:util';
import type { RecordRow } from '../../../../domain/record/seal.ts';
import type { Sql } from '../../base/Postgres.ts';
import { SEALED_STATES, STATES } from '../../organisation/peopleStates.ts';

const SHOWN = 20;

export interface DifferingState {
  readonly kind: 'account' | 'unit';
  readonly id: string;
  readonly words: string;
}

interface Row {
  readonly kind: 'account' | 'unit';
  readonly id: string;
  readonly sealed: RecordRow | null;
  readonly now: RecordRow | null;
}

/** AU34: who has a name, a role or a unit that no sealed act gave them, and what units are called so. */
export async function differingStates(sql: Sql): Promise<readonly DifferingState[]> {
  const rows = await sql.query<Row & Record<string, unknown>>(
    `SELECT kind, id, s.state AS sealed, n.state AS now FROM (${SEALED_STATES}) s FULL JOIN (${STATES}) n USING (kind, id)
     WHERE s.state IS DISTINCT FROM n.state ORDER BY 1, 2`,
  );
  const found: DifferingState[] = [];
  for (const row of rows) {
    if (row.kind === 'account' && isDeepStrictEqual(comparable(await replayed(sql, row)), comparable(row.now)))
      continue;
    found.push({ kind: row.kind, id: row.id, words: wordsOf(row) });
  }
  return found;
}

export const checkPeople = async (sql: Sql): Promise<readonly string[]> =>
  (await differingStates(sql)).slice(0, SHOWN).map(({ words }) => words);

const TABLES = { account: 'accounts', unit: 'unit_versions, units' } as const;

function wordsOf({ kind, id, sealed, now }: Row): string {
  const what = `${TABLES[kind]} (${kind} ${id})`;
  if (!sealed) return `${what}: no sealed act made it`;
  if (!now) return `${what}: it is gone`;
  const columns = Object.keys({ ...sealed, ...now }).filter((name) => !isDeepStrictEqual(sealed[name], now[name]));
  const say = (row: RecordRow) => columns.map((name) => `${name} ${JSON.stringify(row[name])}`).join(', ');
  return `${what}: it is ${say(now)}; the last sealed act says ${say(sealed)}`;
}

/** A node of the version before sealed the act on an account, and not what the account was after it. */
async function replayed(sql: Sql, { id, sealed }: Row): Promise<RecordRow | null> {
  const acts = await sql.query<{ act: string; unit: string; detail: RecordRow }>(
    `SELECT act, unit, detail FROM public.people_acts WHERE chain = 'people' AND about = ($1::text)::uuid AND act LIKE 'account.%' AND seal > coalesce(
       (SELECT max(seal) FROM public.people_states WHERE chain = 'people' AND kind = 'account' AND people_states.id = $1), 0) ORDER BY seal, leaf`,
    [id],
  );
  let state = sealed;
  for (const { act, unit, detail } of acts) {
    const to = (act === 'account.changed' ? detail.to : { ...detail, unit }) as RecordRow;
    const { name, role, indicators = null } = to;
    const disabled = act === 'account.disabled' ? 'then' : act === 'account.changed' ? (state?.disabled ?? null) : null;
    state = { name, role, unit: to.unit, indicators, disabled, demo: state?.demo ?? false } as RecordRow;
  }
  return state;
}

/** Of such an act the moment is not known to the microsecond. */
const comparable = (state: RecordRow | null) => state && { ...state, disabled: (state.disabled ?? null) !== null };
