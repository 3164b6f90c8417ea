import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FrozenAsk, SelectionDraft, SelectionStore } from '../../../../domain/figure/selection/ports.ts';
import type { SeenIn } from '../../../../domain/figure/stage/StageFrames.ts';
import { RowsHash } from '../../../../domain/record/rowsHash.ts';
import { demandRunning } from '../../../../domain/shared/running.ts';
import type { BriefingState } from '../../../../protocol/briefing.ts';
import { refuse } from '../../../../protocol/errors.ts';
import type { FigureSelection, SelectedUnit } from '../../../../protocol/figureSelection.ts';
import { iso, jsonbTime, ms } from '../../base/columns.ts';
import type { Postgres, Sql } from '../../base/Postgres.ts';
import { inSubtreeByIndex } from '../../base/subtree.ts';
import { chainOfBriefing, chainOfOffice, sealed } from '../../record/sealed.ts';
import { figureYear } from '../counter.ts';
import { noteSeen, nothingSeen } from '../noteSeen.ts';

/** Rows hashed in one turn of the event loop. */
const HASHED_AT_ONCE = 1_000;

const SELECTION = `SELECT id, definition AS indicator, ${iso('period')} AS period, n::float8, ${iso('n_at')} AS "nAt",
  jsonb_build_object('unit', root, 'path', root_path, 'name', root_name) AS root, rule, without AS "except", units,
  ${iso('at')} AS at, by_name AS by FROM figure_selections`;
const ASKED = `SELECT id, account, indicator, ${ms('period')} AS period, n::float8, root, rule, without AS "except",
  briefing FROM figure_selections`;
const UNIT = `SELECT unit, path, name, value::float8, state, ${iso('until')} AS until FROM figure_selection_units`;

/** Selections in PostgreSQL. */
export class PgSelections implements SelectionStore {
  readonly #postgres: Postgres;
  readonly #seen: SeenIn;

  constructor(postgres: Postgres, seen = nothingSeen) {
    this.#postgres = postgres;
    this.#seen = seen;
  }

  async freeze(...[draft, decide]: Parameters<SelectionStore['freeze']>): Promise<FigureSelection> {
    const id = randomUUID();
    const hash = await hashOf(id, draft.units);
    const stands = await this.#postgres.transaction(async (sql) => {
      const { briefing, by } = draft;
      const state = briefing === null ? undefined : await heldState(sql, briefing);
      const chain = briefing ? chainOfBriefing(briefing) : chainOfOffice(by.unit, await figureYear(sql));
      const { result } = await sealed(sql, chain, async (batch) => {
        const [first] = await sql.query<FrozenAsk & { id: string }>(`${ASKED} WHERE key = $1`, [draft.key]);
        if (first) {
          const { id: known, ...ask } = first;
          decide(ask);
          return known;
        }
        if (state) demandRunning(state);
        await writeUnits(sql, id, draft.units);
        await batch.insert('figure_selections', [{ ...rowOf(draft), id, units_hash: hash, at: batch.at }]);
        if (briefing) await noteSeen(sql, batch, this.#seen(briefing), { act: 'selection', subject: id, briefing });
        return id;
      });
      return result;
    });
    const selection = await this.find(stands);
    if (!selection) throw new Error(`selection ${stands} was recorded and is not there`);
    return selection;
  }

  async find(id: string): Promise<FigureSelection | undefined> {
    return (await this.#postgres.query<FigureSelection>(`${SELECTION} WHERE id = $1`, [id]))[0];
  }

  units(id: string, territory: string): Promise<readonly SelectedUnit[]> {
    return this.#postgres.query<SelectedUnit>(
      `${UNIT} WHERE selection = $1 AND ${inSubtreeByIndex('path', '$2')} ORDER BY path`,
      [id, territory],
    );
  }

  async unit(id: string, unit: string): Promise<SelectedUnit | undefined> {
    return (await this.#postgres.query<SelectedUnit>(`${UNIT} WHERE selection = $1 AND unit = $2`, [id, unit]))[0];
  }

  async briefingOf(id: string): Promise<string | null> {
    const [row] = await this.#postgres.query<{ briefing: string | null }>(
      'SELECT briefing FROM figure_selections WHERE id = $1',
      [id],
    );
    return row?.briefing ?? null;
  }

  async movedSince(n: number, indicators: readonly string[]): Promise<number | undefined> {
    const [row] = await this.#postgres.query<{ at: Date }>(
      `SELECT at FROM (SELECT n, at, touches FROM figure_batches UNION ALL SELECT n, at, touches FROM figure_acts) a
       WHERE n > $1 AND touches ?| $2 ORDER BY n LIMIT 1`,
      [n, indicators],
    );
    return row?.at.getTime();
  }
}

/** The lock, which is before that of the chain, keeps the briefing as it is until the selection is on record. */
async function heldState(sql: Sql, briefing: string): Promise<BriefingState> {
  const [row] = await sql.query<{ state: BriefingState }>('SELECT state FROM briefings WHERE id = $1 FOR SHARE', [
    briefing,
  ]);
  if (!row) throw refuse('not-found', 'there is no such briefing');
  return row.state;
}

/** AU4: as the registry of official tables says. */
async function hashOf(selection: string, units: readonly SelectedUnit[]): Promise<string> {
  const hash = new RowsHash();
  for (const [i, { until, ...unit }] of units.entries()) {
    hash.add({ selection, ...unit, until: until === null ? null : jsonbTime(new Date(until)) });
    if (i % HASHED_AT_ONCE === HASHED_AT_ONCE - 1) await nextTurn();
  }
  return hash.close();
}

async function writeUnits(sql: Sql, id: string, units: readonly SelectedUnit[]): Promise<void> {
  const column = <K extends keyof SelectedUnit>(name: K) => units.map((unit) => unit[name]);
  await sql.query(
    `INSERT INTO figure_selection_units (selection, unit, path, name, value, state, until)
     SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::timestamptz[])`,
    [id, column('unit'), column('path'), column('name'), column('value'), column('state'), column('until')],
  );
}

const moment = (at: number): string => new Date(at).toISOString();

const rowOf = ({ key, indicator, period, n, nAt, root, rule, except, by, briefing, units }: SelectionDraft) => ({
  ...{ key, indicator: indicator.code, definition: indicator, period: moment(period), n, n_at: moment(nAt), rule },
  ...{ root: root.unit, root_path: root.path, root_name: root.name, without: except, units: units.length },
  ...{ account: by.account, by_name: by.name, briefing },
});
