import { batchTerritory, bodyOfAct, firstAct, oneSource } from '../../../../domain/figure/act/admitAct.ts';
import { type ActCell, decideAct } from '../../../../domain/figure/act/decideAct.ts';
import type { FigureActStore } from '../../../../domain/figure/act/FigureActService.ts';
import type { SeenIn } from '../../../../domain/figure/stage/StageFrames.ts';
import { rowsHash } from '../../../../domain/record/rowsHash.ts';
import { refuse } from '../../../../protocol/errors.ts';
import type { FigureActAsk, FigureActed, FigureActKind } from '../../../../protocol/figureAct.ts';
import type { Account } from '../../../../protocol/organisation.ts';
import { jsonbTime } from '../../base/columns.ts';
import type { Postgres, Sql } from '../../base/Postgres.ts';
import { Batch } from '../../record/sealed.ts';
import { chainOfFigures, type FigurePlace, figureYear, moveOn, nextPlace } from '../counter.ts';
import { noteSeen, nothingSeen } from '../noteSeen.ts';
import { loadDefinitions } from '../PgFigureDefinitions.ts';
import { heldOf, namedIn, valueFacts } from './valueFacts.ts';

/** Acts on figures in PostgreSQL: each has its N, and is a leaf on the chain of the source whose values it is on. */
export class PgFigureActs implements FigureActStore {
  readonly #postgres: Postgres;
  readonly #seen: SeenIn;

  constructor(postgres: Postgres, seen = nothingSeen) {
    this.#postgres = postgres;
    this.#seen = seen;
  }

  async act(...[ask, by, tree, briefing]: Parameters<FigureActStore['act']>): Promise<FigureActed> {
    const source = await sourceOf(this.#postgres, ask);
    return this.#postgres.transaction(async (sql) => {
      const batch = await Batch.open(sql, chainOfFigures(source, await figureYear(sql)));
      const place = await nextPlace(sql);
      const before = await doneBefore(sql, ask, by);
      if (before) return before;
      const definitions = await loadDefinitions(sql);
      const named =
        'values' in ask.of
          ? namedIn(ask.of.values, definitions)
          : await heldOf(sql, ask.of, batchTerritory(by, ask.act, ask.of.root, { tree, ...definitions }));
      const cells = inOrder(decideAct(by, ask, await valueFacts(sql, named, definitions, tree)));
      await writeCells(sql, place, cells);
      await batch.append('figure_acts', [rowOf(ask, by, source, place, cells)]);
      if (briefing && ask.act === 'contest')
        await noteSeen(sql, batch, this.#seen(briefing), { act: 'contest', subject: ask.key, briefing });
      await sql.query('INSERT INTO figure_act_bodies (key, sha256) VALUES ($1, $2)', [ask.key, bodyOfAct(ask)]);
      await moveOn(sql, place);
      await batch.close();
      return { n: place.n, values: cells.length };
    });
  }
}

/** @throws DomainError `bad-request`, `not-found` */
async function sourceOf(sql: Sql, { of }: FigureActAsk): Promise<string> {
  const named = 'values' in of ? oneSource(of.values) : undefined;
  const [found] =
    'values' in of
      ? await sql.query<{ source: string }>('SELECT source FROM source_acts WHERE source = $1 LIMIT 1', [named])
      : await sql.query<{ source: string }>('SELECT source FROM figure_batches WHERE n = $1', [of.batch]);
  if (!found)
    throw refuse('not-found', 'batch' in of ? `there is no batch ${of.batch}` : `there is no source ${named}`);
  return found.source;
}

/** @throws DomainError `conflict` */
async function doneBefore(sql: Sql, ask: FigureActAsk, by: Account): Promise<FigureActed | undefined> {
  const [row] = await sql.query<FigureActed & { act: FigureActKind; account: string; body: string | null }>(
    `SELECT n::float8, cells AS values, act, account, b.sha256 AS body
     FROM figure_acts LEFT JOIN figure_act_bodies b USING (key) WHERE key = $1`,
    [ask.key],
  );
  return row && firstAct(row, ask, by);
}

/** As the registry of official tables names it. */
const inOrder = (cells: readonly ActCell[]): ActCell[] =>
  cells.toSorted((a, b) => compare(a.indicator, b.indicator) || a.period - b.period || compare(a.unit, b.unit));
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const timeOf = (moment: number): string => jsonbTime(new Date(moment));

async function writeCells(sql: Sql, { n }: FigurePlace, cells: readonly ActCell[]): Promise<void> {
  const column = <K extends keyof ActCell>(name: K) => cells.map((cell) => cell[name]);
  await sql.query(
    `INSERT INTO figure_act_cells (act, indicator, period, unit, source, revision, value)
     SELECT $1, * FROM unnest($2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::int[], $7::bigint[])`,
    [
      ...[n, column('indicator'), column('period').map(timeOf), column('unit'), column('source'), column('revision')],
      column('value'),
    ],
  );
}

function rowOf(
  { act, key, reason }: FigureActAsk,
  { id, name, unit }: Account,
  source: string,
  { n, at }: FigurePlace,
  cells: readonly ActCell[],
) {
  const byIndicator = Map.groupBy(cells, ({ indicator }) => indicator);
  const touches = Object.fromEntries(
    [...byIndicator].map(([indicator, of]) => [indicator, [...new Set(of.map(({ period }) => timeOf(period)))]]),
  );
  const hash = rowsHash(cells.map((cell) => ({ ...cell, act: n, period: timeOf(cell.period) })));
  return {
    ...{ n, at, act, source, key, touches, cells: cells.length, reason: reason ?? null, account: id, by_name: name },
    ...{ by_unit: unit.code, by_path: unit.path, cells_hash: hash },
  };
}
