import type { Attachments } from '../domain/directive/Attachments.ts';
import type { LiveFigures } from '../domain/figure/LiveFigures.ts';
import { SelectionBook } from '../domain/figure/selection/SelectionBook.ts';
import { Selections } from '../domain/figure/selection/Selections.ts';
import type { SeenIn } from '../domain/figure/stage/StageFrames.ts';
import type { Units } from '../domain/organisation/Units.ts';
import { selectionRoutes } from '../edge/http/figure/selection/routes.ts';
import type { Account } from '../protocol/organisation.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgFigureReader } from '../store/postgres/figure/PgFigureReader.ts';
import { PgSelections } from '../store/postgres/figure/selection/PgSelections.ts';
import type { Part } from './Part.ts';

interface Needs {
  readonly postgres: Postgres;
  /** FG103: what of figures all have before them. */
  readonly seen: SeenIn;
  readonly units: Units;
  readonly live: LiveFigures;
  readonly selections: SelectionBook;
  readonly attachments: Attachments;
  readonly briefings: { read(account: Account, id: string): Promise<unknown> };
}

/** Selections that were frozen, for the acts that are made from them. */
export const composeSelectionBook = ({ postgres, units }: Pick<Needs, 'postgres' | 'units'>) => ({
  selections: new SelectionBook({
    ...{ store: new PgSelections(postgres), said: new PgFigureReader(postgres), tree: () => units.index },
  }),
});

/** From a figure to the units that it names. */
export function composeFigureSelection({
  postgres,
  units,
  live,
  seen,
  selections: book,
  attachments,
  briefings,
}: Needs) {
  const selections = new Selections({
    ...{ live, store: new PgSelections(postgres, seen), said: new PgFigureReader(postgres) },
    tree: () => units.index,
    readBriefing: (account, id) => briefings.read(account, id),
  });
  const nameOf = (code: string): string => units.index.find(code)?.name ?? code;
  const part = {
    name: 'figure selection',
    routes: selectionRoutes({ selections, book, attachments, nameOf }),
  } satisfies Part;
  return { part };
}
