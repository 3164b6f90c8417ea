import type { FigureStages } from '../../../domain/figure/stage/FigureStages.ts';
import type { figureStageActSchemas as acts } from '../../../protocol/figureStage.ts';
import type { ActHandlers } from '../channel/types.ts';

export const figureStageActs = (stages: FigureStages): ActHandlers<keyof typeof acts> => ({
  'figures.show': async (actor, ask) => ({ version: await stages.show(actor, ask) }),
  'figures.mark': async (actor, { content, mark }) => ({ version: await stages.mark(actor, content, mark) }),
  'figures.clear': async (actor) => ({ version: await stages.clear(actor) }),
});
