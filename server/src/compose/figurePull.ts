import { Counter } from 'prom-client';
import type { FigureIntake } from '../domain/figure/FigureIntake.ts';
import type { LiveFigures } from '../domain/figure/LiveFigures.ts';
import { FigurePulls } from '../domain/figure/pull/FigurePulls.ts';
import { askSource } from '../edge/pull/askSource.ts';
import { readPullList } from '../edge/pull/readPullList.ts';
import { handleFigurePull, PULL_SWEEP_MS } from '../jobs/figure/figurePull.handler.ts';
import { figurePull } from '../jobs/figure/figurePull.ts';
import { type Jobs, job } from '../jobs/Jobs.ts';
import type { BatchAnswer } from '../protocol/figureBatch.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgFigurePulls } from '../store/postgres/figure/PgFigurePulls.ts';
import type { Base } from './Base.ts';
import type { Part } from './Part.ts';

interface Needs {
  readonly postgres: Postgres;
  readonly jobs: Jobs;
  readonly figures: LiveFigures;
  readonly intake: FigureIntake;
  /** Counts rows that came in. */
  readonly taken: (answer: BatchAnswer) => void;
}

/** Sources of figures whose platform cannot send are asked (FG40). @throws StartRefusal when their list is not usable */
export async function composeFigurePull({ config, metrics, logger }: Base, needs: Needs) {
  const { postgres, jobs, figures, intake, taken } = needs;
  const listed = config.FIGURE_PULLS_FILE === undefined ? [] : await readPullList(config.FIGURE_PULLS_FILE);
  const outcomes = new Counter({
    name: 'dh_figure_pulls_total',
    help: 'How often sources of figures were asked, by what came: taken, not-modified, or why nothing.',
    labelNames: ['outcome'],
    registers: [metrics.registry],
  });
  const pulls = new FigurePulls({
    ...{ listed, store: new PgFigurePulls(postgres), intake, definitions: () => figures.definitions, logger },
    ask: (source, known, stop) => askSource(source, known, stop),
    again: (source, inMs) => jobs.wake(figurePull, `${source}-${Date.now() + inMs}`, { source }, inMs),
    came: (outcome, answer) => {
      outcomes.inc({ outcome: outcome.is === 'failed' ? outcome.fault : outcome.is });
      if (answer) taken(answer);
    },
  });
  let stopped: Promise<void> | undefined;
  return {
    name: 'figure pull',
    jobs: [job(figurePull, handleFigurePull(pulls))],
    sweeps: [{ name: 'sources of figures that are asked', everyMs: PULL_SWEEP_MS, run: () => pulls.look() }],
    start: () => pulls.begin(),
    drain: () => {
      stopped = pulls.close();
    },
    close: () => stopped ?? pulls.close(),
  } satisfies Part;
}
