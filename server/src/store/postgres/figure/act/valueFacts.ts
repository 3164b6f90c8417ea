import { cellStanding } from '../../../../domain/figure/act/cellStanding.ts';
import type { Contester, ValueFacts } from '../../../../domain/figure/act/decideAct.ts';
import type { ActedValue } from '../../../../domain/figure/act/revisions.ts';
import type { FigureDefinitions, Observation } from '../../../../domain/figure/facts.ts';
import { periodOf } from '../../../../domain/figure/periods.ts';
import type { FigureTree } from '../../../../domain/figure/placeRows.ts';
import type { FigureValue } from '../../../../protocol/figureAct.ts';
import { ms } from '../../base/columns.ts';
import type { Sql } from '../../base/Postgres.ts';
import { NEWEST_WORD, SAME_VALUE } from '../openContests.ts';

type Named = Pick<ActedValue, 'indicator' | 'unit' | 'period' | 'source' | 'revision'>;
type Said = Pick<Observation, 'indicator' | 'unit' | 'period' | 'source' | 'revision' | 'value' | 'held'>;
type Act = Named & Pick<ActedValue, 'act'> & Contester;

/** Values as they are named on the wire, each at the start of its period. */
export const namedIn = (values: readonly FigureValue[], { indicators }: FigureDefinitions): Named[] =>
  values.map(({ period, ...value }) => {
    const every = indicators.get(value.indicator)?.every ?? 'once';
    return { ...value, period: periodOf(every, Date.parse(period)) };
  });

/** FG15: what is still held of a batch: nobody has decided on it, and its source has said nothing newer that may count. */
export async function heldOf(
  sql: Sql,
  { batch }: { readonly batch: number },
  isInside: (unit: string, indicator: string) => boolean,
): Promise<Named[]> {
  const rows = await sql.query<Named & Record<string, unknown>>(
    `SELECT o.indicator, o.unit, ${ms('o.period')} AS period, o.source, o.revision FROM observations o
     WHERE o.batch = $1 AND o.held AND ${NEWEST_WORD} AND NOT EXISTS (SELECT FROM figure_act_cells c
       JOIN figure_acts a ON a.n = c.act WHERE ${SAME_VALUE} AND a.act IN ('release', 'reject'))`,
    [batch],
  );
  return rows.filter(({ unit, indicator }) => isInside(unit, indicator));
}

/** How these values stand, with all that was said of their cells and done to them. */
export async function valueFacts(
  sql: Sql,
  named: readonly Named[],
  definitions: FigureDefinitions,
  tree: FigureTree,
): Promise<ValueFacts[]> {
  const cells = `unnest($1::text[], $2::timestamptz[], $3::text[]) AS w (indicator, period, unit)`;
  const asked = [
    named.map(({ indicator }) => indicator),
    named.map(({ period }) => new Date(period).toISOString()),
    named.map(({ unit }) => unit),
  ];
  const said = await sql.query<Said & Record<string, unknown>>(
    `SELECT DISTINCT o.indicator, ${ms('o.period')} AS period, o.unit, o.source, o.revision, o.value::float8, o.held
     FROM ${cells} JOIN observations o USING (indicator, period, unit) ORDER BY 4, 5`,
    asked,
  );
  const acts = await sql.query<Act & Record<string, unknown>>(
    `SELECT DISTINCT c.act AS n, c.indicator, ${ms('c.period')} AS period, c.unit, c.source, c.revision, a.act, a.account,
       a.by_path AS path
     FROM ${cells} JOIN figure_act_cells c USING (indicator, period, unit) JOIN figure_acts a ON a.n = c.act ORDER BY 1`,
    asked,
  );
  const saidOf = Map.groupBy(said, cellOf);
  const actsOf = Map.groupBy(acts, cellOf);
  return named.map((value) => {
    const own = saidOf.get(cellOf(value)) ?? [];
    const done = actsOf.get(cellOf(value)) ?? [];
    const isIt = (one: Pick<Named, 'source' | 'revision'>) =>
      one.source === value.source && one.revision === value.revision;
    const last = done.findLast((act) => isIt(act) && ['contest', 'answer', 'withdraw'].includes(act.act));
    return {
      ...value,
      path: tree.find(value.unit)?.path,
      seenBy: definitions.indicators.get(value.indicator)?.seenBy,
      cell: cellStanding(own, done, definitions.sources),
      said: own.find(isIt),
      contester: last?.act === 'contest' ? { account: last.account, path: last.path } : undefined,
    };
  });
}

const cellOf = ({ indicator, period, unit }: Pick<Named, 'indicator' | 'period' | 'unit'>): string =>
  `${indicator} ${period} ${unit}`;
