import { Counter } from 'prom-client';
import { FigureIntake } from '../domain/figure/FigureIntake.ts';
import { SourceKeys } from '../domain/figure/SourceKeys.ts';
import type { Units } from '../domain/organisation/Units.ts';
import { batchRoutes } from '../edge/http/figure/batchRoutes.ts';
import type { Quotas } from '../lib/Quotas.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgFigureIntake } from '../store/postgres/figure/PgFigureIntake.ts';
import { PgSourceKeys } from '../store/postgres/figure/PgSourceKeys.ts';
import type { Base } from './Base.ts';
import type { Part } from './Part.ts';

interface Needs {
  readonly postgres: Postgres;
  readonly units: Units;
  readonly caps: { readonly quotas: Quotas };
}

/** Live figures: what platforms send in. */
export function composeFigure({ metrics }: Base, { postgres, units, caps: { quotas } }: Needs) {
  const rows = new Counter({
    name: 'dh_figure_rows_total',
    help: 'Rows of batches of figures that were answered, by what became of them.',
    labelNames: ['outcome'],
    registers: [metrics.registry],
  });
  const intake = new FigureIntake({
    store: new PgFigureIntake(postgres),
    tree: () => units.index,
    committed: () => undefined,
  });
  const keys = new SourceKeys(new PgSourceKeys(postgres), quotas);
  const part = {
    name: 'figure',
    routes: batchRoutes(intake, keys, ({ accepted, unchanged, refused }) => {
      for (const [outcome, count] of Object.entries({ accepted, unchanged, refused })) rows.inc({ outcome }, count);
    }),
  } satisfies Part;
  return { part };
}
