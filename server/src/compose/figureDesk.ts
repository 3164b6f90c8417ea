import { Gauge } from 'prom-client';
import { FigureDesk } from '../domain/figure/desk/FigureDesk.ts';
import type { LastWord } from '../domain/figure/desk/silentSources.ts';
import type { FigureCards } from '../domain/figure/FigureCards.ts';
import type { LiveFigures } from '../domain/figure/LiveFigures.ts';
import { SILENCE_LOOK_MS, USUAL } from '../domain/figure/limits.ts';
import { UsualValues } from '../domain/figure/UsualValues.ts';
import type { Units } from '../domain/organisation/Units.ts';
import { figureDeskRoutes } from '../edge/http/figure/deskRoutes.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgFigureDesk } from '../store/postgres/figure/PgFigureDesk.ts';
import { PgUsualValues } from '../store/postgres/figure/PgUsualValues.ts';
import type { Base } from './Base.ts';
import type { Part } from './Part.ts';

interface Needs {
  readonly postgres: Postgres;
  readonly units: Units;
  readonly figures: LiveFigures;
  readonly cards: FigureCards;
}

/** Who looks after figures of a territory: who is late, who is silent, what is held, and what is usual. */
export function composeFigureDesk({ metrics }: Base, { postgres, units, figures: live, cards }: Needs) {
  const store = new PgFigureDesk(postgres);
  const desk = new FigureDesk({ live, cards, store, tree: () => units.index });
  const usual = new UsualValues(live, new PgUsualValues(postgres));
  let words: readonly LastWord[] = [];
  new Gauge({
    name: 'dh_figure_silent_sources',
    help: 'Sources of figures that should have spoken and did not (FG13); every node tells the same.',
    registers: [metrics.registry],
    collect() {
      this.set(desk.silent(words).length);
    },
  });
  return {
    name: 'figure desk',
    routes: figureDeskRoutes(desk),
    sweeps: [
      { name: 'what is usual of figures', everyMs: USUAL.lookMs, run: () => usual.sweep() },
      {
        name: 'silent sources of figures',
        everyMs: SILENCE_LOOK_MS,
        run: async () => {
          words = await store.lastWords();
        },
      },
    ],
  } satisfies Part;
}
