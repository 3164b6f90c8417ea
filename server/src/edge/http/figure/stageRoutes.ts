import { z } from 'zod';
import type { FigureStages } from '../../../domain/figure/stage/FigureStages.ts';
import { groundPieceQuerySchema } from '../../../protocol/figureGround.ts';
import { stagedPieceQuerySchema } from '../../../protocol/figureStage.ts';
import { sha256Schema } from '../../../protocol/slides.ts';
import { uuidSchema } from '../../../protocol/uuid.ts';
import { type Route, route } from '../route.ts';
import { sharedJson } from '../sharedJson.ts';

const JSON_TYPE = 'application/json';
const params = z.object({ id: uuidSchema, sha256: sha256Schema });
const common = { method: 'get', access: 'session', screens: true, params, files: [JSON_TYPE] } as const;

/**
 * What is fetched of figures on the stage: units by name are more than a notice carries. FG28: none of it is kept by a
 * browser, since it is shown no longer than it is on the stage.
 */
export const figureStageRoutes = (stages: Pick<FigureStages, 'content' | 'units' | 'ground'>): Route[] => [
  route({
    ...common,
    path: '/api/briefings/{id}/figures/{sha256}',
    summary: 'What was put on the stage of a briefing, as it is on record, as long as it is there.',
    handle: async ({ caller, params: { id, sha256 }, headers }) =>
      sharedJson('figures.json', await stages.content(caller.account, id, sha256), headers['accept-encoding']),
  }),
  route({
    ...common,
    path: '/api/briefings/{id}/figures/{sha256}/units',
    summary: 'Units by name of what is on the stage of a briefing, piece by piece: `stagedPieceSchema`.',
    query: stagedPieceQuerySchema,
    handle: async ({ caller, params: { id, sha256 }, query, headers }) =>
      sharedJson('units.json', await stages.units(caller.account, id, sha256, query), headers['accept-encoding']),
  }),
  route({
    ...common,
    path: '/api/briefings/{id}/grounds/{sha256}',
    summary: 'Borders by which what is on the stage of a briefing is drawn, piece by piece: `groundPieceSchema`.',
    query: groundPieceQuerySchema,
    // FG121: they are ground, and no figure, so a browser keeps them.
    handle: async ({ caller, params: { id, sha256 }, query, headers }) => {
      const piece = await stages.ground(caller.account, id, sha256, query);
      return sharedJson('ground.json', piece, headers['accept-encoding'], true);
    },
  }),
];
