import { createHash, randomUUID } from 'node:crypto';
import { writingSource } from '../../../domain/figure/admission.ts';
import type { Observation } from '../../../domain/figure/facts.ts';
import { decideForm, type FormDecision, foreignKey, placeEntries } from '../../../domain/figure/form/decideForm.ts';
import type { FormAsk, FormOutcome, FormRecord, FormStore, SaidRow } from '../../../domain/figure/form/facts.ts';
import type { FigureTree } from '../../../domain/figure/placeRows.ts';
import type { RecordRow } from '../../../domain/record/seal.ts';
import type { FigureSource } from '../../../protocol/figureDefinition.ts';
import { ms } from '../base/columns.ts';
import type { Postgres, Sql } from '../base/Postgres.ts';
import { pastReceipts } from '../record/pastReceipts.ts';
import { Batch } from '../record/sealed.ts';
import { closedUnits } from './closedUnits.ts';
import { chainOfFigures, type FigurePlace, figureYear, moveOn, nextPlace } from './counter.ts';
import { loadDefinitions } from './PgFigureDefinitions.ts';
import { batchRow, byCell, summed } from './PgFigureIntake.ts';
import { inMonths } from './partitions.ts';
import { standingCells } from './standingCells.ts';
import { writeDoubts } from './writeDoubts.ts';
import { writeObservations } from './writeObservations.ts';

const ENTRIES = 'figure_entries';

/** What units type in, in PostgreSQL: each entry is an official row, and the values of all of them are one batch. */
export class PgFigureForm implements FormStore {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  enter(source: string, asks: readonly FormAsk[], tree: FigureTree): Promise<readonly FormOutcome[]> {
    return this.#postgres.transaction((sql) => enterGroup(sql, source, asks, tree));
  }

  async underKey(unit: string, key: string): ReturnType<FormStore['underKey']> {
    const found = (await entriesOf(this.#postgres, [key])).get(key);
    if (found?.record.unit !== unit) return undefined;
    const [receipt] = await pastReceipts(this.#postgres, [found]);
    return receipt && { record: found.record, receipt, first: false };
  }

  async saidOf(...[unit, cells]: Parameters<FormStore['saidOf']>): ReturnType<FormStore['saidOf']> {
    const [[clock], rows] = await Promise.all([
      this.#postgres.query<{ now: Date }>('SELECT clock_timestamp() AS now'),
      this.#postgres.query<SaidRow & Record<string, unknown>>(
        `SELECT o.indicator, ${ms('o.period')} AS period, o.source, o.batch::float8 AS n, b.at, o.value::float8, o.revision,
           CASE WHEN d.act IS NULL THEN o.held ELSE false END AS held, d.act IS NOT DISTINCT FROM 'reject' AS rejected,
           c.act IS NOT DISTINCT FROM 'contest' AS contested,
           CASE WHEN c.act = 'contest' THEN c.by_path END AS contester,
           CASE WHEN coalesce(d.n, 0) > coalesce(c.n, 0) THEN d.told ELSE c.told END AS act
         FROM unnest($2::text[], $3::timestamptz[]) w (indicator, period) JOIN observations o USING (indicator, period)
         JOIN figure_batches b ON b.n = o.batch
         LEFT JOIN LATERAL (${lastAct("'release', 'reject'")}) d ON true
         LEFT JOIN LATERAL (${lastAct("'contest', 'answer', 'withdraw'")}) c ON true
         WHERE o.unit = $1 ORDER BY o.batch`,
        [unit, cells.map(({ indicator }) => indicator), cells.map(({ period }) => new Date(period).toISOString())],
      ),
    ]);
    return { rows, now: clock?.now.getTime() ?? 0 };
  }
}

/** FG14, FG16: of these acts the last on the value of a row counts. */
const lastAct = (acts: string): string =>
  `SELECT a.act, a.by_path, a.n, jsonb_build_object('act', a.act, 'by', a.by_name, 'reason', a.reason, 'at',
     to_char(a.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) AS told FROM figure_act_cells f JOIN figure_acts a ON a.n = f.act WHERE f.indicator = o.indicator
     AND f.period = o.period AND f.unit = o.unit AND f.source = o.source AND f.revision = o.revision AND a.act IN (${acts})
   ORDER BY a.n DESC LIMIT 1`;

/** FG71: one transaction under the locks of the source's chain and of N. */
async function enterGroup(
  sql: Sql,
  code: string,
  asks: readonly FormAsk[],
  tree: FigureTree,
): Promise<readonly FormOutcome[]> {
  const batch = await Batch.open(sql, chainOfFigures(code, await figureYear(sql)));
  const place = await nextPlace(sql);
  const before = await entriesOf(
    sql,
    asks.map(({ key }) => key),
  );
  const first = asks.filter(({ key }) => !before.has(key));
  const { source, indicators, decisions } = await decided(sql, code, first, tree, Date.parse(place.at));
  const fresh = decisions.flatMap((decision) => ('error' in decision ? [] : decision.fresh));
  const n = fresh.length > 0 ? place.n : null;
  const written = first.flatMap((ask, i): Written[] => {
    const decision = decisions[i] as FormDecision;
    if ('error' in decision) return [];
    return [{ ask, decision, record: recordOf(ask, decision, decision.fresh.length > 0 ? n : null, place) }];
  });
  const leaves = await batch.append(
    ENTRIES,
    written.map((each) => entryRow(each, place)),
  );
  if (n !== null) await writeBatch(sql, batch, { source, place, written });
  const sealed = await batch.close();
  const outcomes = new Map<string, FormOutcome>();
  for (const [i, { ask, record }] of written.entries()) {
    const receipt = sealed?.receipt(leaves[i] as number);
    if (receipt) outcomes.set(ask.key, { record, receipt, first: true });
  }
  const receipts = await pastReceipts(sql, [...before.values()]);
  for (const [i, { record }] of [...before.values()].entries()) {
    const receipt = receipts[i];
    if (receipt) outcomes.set(record.key, { record, receipt, first: false });
  }
  const refused = new Map(first.map(({ key }, i) => [key, decisions[i]]));
  return asks.map((ask) => {
    const { key } = ask;
    const outcome = outcomes.get(key);
    const error = outcome && 'record' in outcome && foreignKey(ask, outcome.record, indicators);
    if (outcome) return error ? { error } : outcome;
    const decision = refused.get(key);
    return decision && 'error' in decision ? decision : { error: new Error(`entry ${key} has no seal`) };
  });
}

interface Written {
  readonly ask: FormAsk;
  readonly decision: Exclude<FormDecision, { error: unknown }>;
  readonly record: FormRecord;
}

async function decided(sql: Sql, code: string, asks: readonly FormAsk[], tree: FigureTree, now: number) {
  const definitions = await loadDefinitions(sql);
  const source = writingSource(definitions, { code, by: 'form', isGood: true });
  const { indicators } = definitions;
  const named = asks.flatMap(({ unit, values }) => values.map(({ indicator }) => ({ unit, indicator })));
  const closed = await closedUnits(sql, named, definitions, tree);
  const placed = placeEntries(asks, { source, indicators, tree, closed, now });
  const cells = placed.flatMap((entry) => ('error' in entry ? [] : entry.cells));
  const standing = await standingCells(sql, cells, definitions, { source: code });
  return { source, indicators, decisions: decideForm(asks, placed, { indicators, now }, standing) };
}

async function writeBatch(
  sql: Sql,
  batch: Batch,
  { source, place, written }: { source: FigureSource; place: FigurePlace; written: readonly Written[] },
): Promise<void> {
  const all = written.flatMap(({ decision }) => decision.fresh);
  const rows = all.toSorted(byCell).map((row): Observation => ({ ...row, batch: place.n, source: source.code }));
  const keys = createHash('sha256').update(written.map(({ ask }) => ask.key).join('\n'));
  const unchanged = written.flatMap(({ decision }) => decision.said.filter((value) => !value.fresh)).length;
  const named = { source, key: randomUUID(), bodyHash: keys.digest('hex'), mode: 'partial', by: source.name } as const;
  const counts = { held: rows.filter(({ held }) => held).length, unchanged, refused: 0 };
  const [, sum] = await Promise.all([inMonths(sql, rows, () => writeObservations(sql, rows)), summed(rows)]);
  await writeDoubts(sql, place, { doubted: written.flatMap(({ decision }) => decision.doubted) });
  await Promise.all([batch.append('figure_batches', [batchRow(named, place, sum, counts)]), moveOn(sql, place)]);
}

const recordOf = (
  { key, source, unit, reason }: FormAsk,
  { said }: Written['decision'],
  n: number | null,
  { at }: FigurePlace,
): FormRecord => ({ key, source, unit, n, at: new Date(at), said, reason: reason ?? null });

const entryRow = ({ ask, record }: Written, { at }: FigurePlace): RecordRow => ({
  ...{ n: record.n, at, source: ask.source, unit: ask.unit, path: ask.path, key: ask.key },
  said: record.said.map((value) => ({ ...value })),
  ...{ reason: record.reason, account: ask.by.account, account_name: ask.by.name, identity: ask.by.identity },
  person: ask.by.person && { ...ask.by.person },
});

/** By key: where each lies, and what it says. */
async function entriesOf(sql: Sql, keys: readonly string[]) {
  const rows = await sql.query<FormRecord & { chain: string; seal: number; leaf: number }>(
    `SELECT chain, seal::float8 AS seal, leaf, key, source, unit, n::float8, at, said, reason FROM ${ENTRIES} WHERE key = ANY ($1::uuid[])`,
    [keys],
  );
  return new Map(
    rows.map(({ chain, seal, leaf, ...record }) => [record.key, { table: ENTRIES, chain, seal, leaf, record }]),
  );
}
