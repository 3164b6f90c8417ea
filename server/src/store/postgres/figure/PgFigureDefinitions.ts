import { nextIndicator, nextSource } from '../../../domain/figure/definitions.ts';
import type { FigureDefinitions } from '../../../domain/figure/facts.ts';
import type { FigureBy } from '../../../domain/figure/ports.ts';
import type { FigureSource, Indicator } from '../../../protocol/figureDefinition.ts';
import type { Postgres, Sql } from '../base/Postgres.ts';
import { Batch } from '../record/sealed.ts';
import { chainOfFigures, figureYear, moveOn, nextPlace } from './counter.ts';

/** What is reported by whom: each version is an official act with its N. */
export class PgFigureDefinitions {
  readonly #postgres: Postgres;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  /** All of them, and the last N that is in them. */
  load(): Promise<FigureDefinitions & { readonly n: number }> {
    return loadDefinitions(this.#postgres);
  }

  /** FG1: its next version. @returns the N; undefined: it is as it was @throws DomainError `bad-request`, `conflict` */
  putIndicator(wanted: Omit<Indicator, 'version'>, by: FigureBy): Promise<number | undefined> {
    return this.#putIndicator(wanted, by, () => true);
  }

  #putIndicator(
    wanted: Omit<Indicator, 'version'>,
    by: FigureBy,
    when: (now: FigureDefinitions) => boolean,
  ): Promise<number | undefined> {
    return this.#record(by, 'indicator_acts', (now) => {
      const next = when(now) ? nextIndicator(wanted, now) : undefined;
      return next && { indicator: next.code, version: next.version, definition: next };
    });
  }

  /** Its first version. @returns the N; undefined: there is one of its code @throws DomainError `bad-request` */
  beginIndicator(wanted: Omit<Indicator, 'version'>, by: FigureBy): Promise<number | undefined> {
    return this.#putIndicator(wanted, by, ({ indicators }) => !indicators.has(wanted.code));
  }

  /** @returns the N; undefined: it is as it was @throws DomainError `bad-request` */
  putSource(wanted: FigureSource, by: FigureBy): Promise<number | undefined> {
    return this.#record(by, 'source_acts', (now) => {
      const next = nextSource(wanted, now);
      return next && { source: next.code, version: (now.versions.get(next.code) ?? 0) + 1, definition: next };
    });
  }

  /** The same, which goes on to write what it wrote. @returns as `putSource` @throws DomainError `bad-request` */
  widenSource(wanted: FigureSource, by: FigureBy): Promise<number | undefined> {
    return this.#record(by, 'source_acts', (now) => {
      const was = now.sources.get(wanted.code) ?? wanted;
      const indicators = [...new Set([...was.indicators, ...wanted.indicators])];
      const next = nextSource({ ...was, indicators }, now);
      return next && { source: next.code, version: (now.versions.get(next.code) ?? 0) + 1, definition: next };
    });
  }

  #record(
    { account, name }: FigureBy,
    table: string,
    decide: (now: Awaited<ReturnType<typeof loadDefinitions>>) => Readonly<Record<string, unknown>> | undefined,
  ): Promise<number | undefined> {
    return this.#postgres.transaction(async (sql) => {
      const batch = await Batch.open(sql, chainOfFigures('definitions', await figureYear(sql)));
      const place = await nextPlace(sql);
      const row = decide(await loadDefinitions(sql));
      if (!row) return undefined;
      await batch.insert(table, [{ ...row, ...place, account, by_name: name }]);
      await moveOn(sql, place);
      await batch.close();
      return place.n;
    });
  }
}

/** In one statement, so that they are of one moment. */
export async function loadDefinitions(
  sql: Sql,
): Promise<FigureDefinitions & { readonly n: number; readonly versions: ReadonlyMap<string, number> }> {
  const rows = await sql.query<
    { n: number; version: number } & (
      | { kind: 'indicator'; definition: Indicator }
      | { kind: 'source'; definition: FigureSource }
    )
  >(
    `(SELECT DISTINCT ON (indicator) 'indicator' AS kind, n::float8, version, definition FROM indicator_acts
       ORDER BY indicator, version DESC)
     UNION ALL (SELECT DISTINCT ON (source) 'source', n::float8, version, definition FROM source_acts
       ORDER BY source, version DESC)`,
  );
  const indicators = new Map<string, Indicator>();
  const sources = new Map<string, FigureSource>();
  const versions = new Map<string, number>();
  for (const row of rows) {
    if (row.kind === 'indicator') indicators.set(row.definition.code, row.definition);
    else {
      sources.set(row.definition.code, row.definition);
      versions.set(row.definition.code, row.version);
    }
  }
  return { indicators, sources, versions, n: Math.max(0, ...rows.map(({ n }) => n)) };
}
