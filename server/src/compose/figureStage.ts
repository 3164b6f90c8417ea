import { nodeTopic } from '../cluster/bus/nodeTopic.ts';
import { figureStageTopic } from '../cluster/topics/figureStage.ts';
import type { LiveBriefings } from '../domain/briefing/LiveBriefings.ts';
import type { FigureBorders } from '../domain/figure/borders/FigureBorders.ts';
import type { FigureCards } from '../domain/figure/FigureCards.ts';
import type { LiveFigures } from '../domain/figure/LiveFigures.ts';
import { FigureStages } from '../domain/figure/stage/FigureStages.ts';
import { LiveFigureStages } from '../domain/figure/stage/LiveFigureStages.ts';
import { StagedPictures } from '../domain/figure/stage/StagedPictures.ts';
import type { StageFrames } from '../domain/figure/stage/StageFrames.ts';
import { StageGrounds } from '../domain/figure/stage/StageGrounds.ts';
import type { Units } from '../domain/organisation/Units.ts';
import type { LiveProgrammes } from '../domain/programme/LiveProgrammes.ts';
import { CATCH_UP_EVERY_MS } from '../domain/shared/CatchUp.ts';
import { figureStageRoutes } from '../edge/http/figure/stageRoutes.ts';
import { FigureStageNotices } from '../edge/socket/figure/FigureStageNotices.ts';
import { figureStageActs } from '../edge/socket/figure/stageActs.ts';
import { tryAll } from '../lib/tryAll.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgFigureStages } from '../store/postgres/figure/PgFigureStages.ts';
import type { Base } from './Base.ts';
import type { Part } from './Part.ts';

interface Needs {
  readonly postgres: Postgres;
  readonly units: Units;
  readonly figures: LiveFigures;
  readonly cards: FigureCards;
  readonly borders: FigureBorders;
  readonly stageFrames: StageFrames;
  readonly liveBriefings: Pick<LiveBriefings, 'get'>;
  readonly programmes: LiveProgrammes;
}

/** Figures on the stage: every viewer is told the data, and draws it. */
export function composeFigureStage(
  { logger }: Base,
  { postgres, units, figures, cards, borders, stageFrames, liveBriefings, programmes }: Needs,
) {
  const store = new PgFigureStages(postgres);
  const live = new LiveFigureStages(store, (id) => liveBriefings.get(id) !== undefined);
  const tree = () => units.index;
  const grounds = new StageGrounds({
    borders: (stage) => borders.drawn(stage),
    tree,
    stage: (briefing) => live.get(briefing),
  });
  live.on('forgotten', (briefing) => grounds.forget(briefing));
  live.on('changed', ({ briefing, what }) => {
    if (!what) grounds.forget(briefing);
  });
  const pictures = new StagedPictures({ live: figures, cards, store, tree });
  const stages = new FigureStages({
    ...{ store, live, pictures, grounds, tree },
    briefing: (id) => liveBriefings.get(id),
    programme: {
      now: (briefing) => programmes.get(briefing)?.content ?? null,
      commit: (programme) => programmes.commit(programme),
    },
  });
  const failed = (err: unknown) => logger.error({ err }, 'figures on the stage could not be told');
  return {
    name: 'figures on the stage',
    acts: figureStageActs(stages),
    notices: (channel) =>
      new FigureStageNotices(channel, {
        ...{ stages: live, pictures, grounds, live: figures, cards, frames: stageFrames, failed },
      }),
    nodeTopics: [
      nodeTopic(figureStageTopic, {
        tell: (publish) => live.on('committed', publish),
        hear: (mark) => live.hint(mark),
      }),
    ],
    routes: figureStageRoutes(stages),
    sweeps: [
      {
        name: 'figures on the stage',
        everyMs: CATCH_UP_EVERY_MS,
        run: () => tryAll([() => stages.sweep(), () => live.sweep()]),
      },
    ],
  } satisfies Part;
}
