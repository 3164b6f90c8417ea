import { FigureBorders } from '../../src/domain/figure/borders/FigureBorders.ts';
import { FigureCards } from '../../src/domain/figure/FigureCards.ts';
import { LiveFigures } from '../../src/domain/figure/LiveFigures.ts';
import { FigureStages } from '../../src/domain/figure/stage/FigureStages.ts';
import { LiveFigureStages } from '../../src/domain/figure/stage/LiveFigureStages.ts';
import { StagedPictures } from '../../src/domain/figure/stage/StagedPictures.ts';
import { type SeenIn, StageFrames } from '../../src/domain/figure/stage/StageFrames.ts';
import { StageGrounds } from '../../src/domain/figure/stage/StageGrounds.ts';
import { LiveProgrammes } from '../../src/domain/programme/LiveProgrammes.ts';
import { ProgrammeService } from '../../src/domain/programme/ProgrammeService.ts';
import type { Briefing } from '../../src/protocol/briefing.ts';
import { PgFigureBorders } from '../../src/store/postgres/figure/PgFigureBorders.ts';
import { PgFigureReader } from '../../src/store/postgres/figure/PgFigureReader.ts';
import { PgFigureStages } from '../../src/store/postgres/figure/PgFigureStages.ts';
import { PgProgramme } from '../../src/store/postgres/programme/PgProgramme.ts';
import type { OfficialWorld } from './official/OfficialWorld.ts';

/** What a node has of figures on the stage, and of what all see beside people, on the real store. */
export async function stageNode({ postgres, units, briefings }: OfficialWorld, clock = { now: () => new Date() }) {
  const figures = new LiveFigures({
    ...{ store: new PgFigureReader(postgres), units: () => units.index.units, clock },
  });
  await figures.reload();
  const cards = new FigureCards(figures);
  const store = new PgFigureStages(postgres);
  const known = new Map<string, Briefing>();
  const live = new LiveFigureStages(store, (id) => known.has(id));
  const tree = () => units.index;
  const pictures = new StagedPictures({ live: figures, cards, store, tree });
  const borders = new FigureBorders(new PgFigureBorders(postgres), () => undefined);
  const grounds = new StageGrounds({
    tree,
    borders: (stage) => borders.drawn(stage),
    stage: (id) => live.get(id),
  });
  const programmes = new LiveProgrammes();
  const programme = new ProgrammeService({ store: new PgProgramme(postgres), live: programmes });
  const stages = new FigureStages({
    ...{ store, live, pictures, tree, grounds },
    briefing: (id) => known.get(id),
    programme: {
      now: (id) => programmes.get(id)?.content ?? null,
      commit: (now) => programmes.commit(now),
    },
  });
  /** This node knows of the briefing, as it is on record. */
  const learn = async (id: string): Promise<void> => {
    const briefing = await briefings.find(id);
    if (briefing) known.set(id, briefing);
  };
  const frames = new StageFrames((id) => programmes.get(id)?.content?.kind === 'figures');
  /** Everybody is told what is there. @returns what they have before them */
  const look = async (briefing: string): Promise<SeenIn> => {
    const { version, what, content } = live.get(briefing);
    const shown = what &&
      content && {
        ...{ depth: what.depth, view: what.view, mark: what.mark, content },
        picture: await pictures.now({ briefing, version, what, content }),
      };
    frames.told({ briefing, version, shown: shown || null });
    return frames.seen;
  };
  return { look, figures, cards, store, live, pictures, grounds, stages, programme, programmes, learn };
}

export type StageNode = Awaited<ReturnType<typeof stageNode>>;
