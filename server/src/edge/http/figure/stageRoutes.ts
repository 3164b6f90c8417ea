import { z } from 'zod';
import type { FigureStages } from '../../../domain/figure/stage/FigureStages.ts';
import { sha256Schema } from '../../../protocol/slides.ts';
import { uuidSchema } from '../../../protocol/uuid.ts';
import { FileAnswer, type Route, route } from '../route.ts';

const JSON_TYPE = 'application/json';

/** What is fetched of figures on the stage: units by name are more than a notice carries. */
export const figureStageRoutes = (stages: Pick<FigureStages, 'content'>): Route[] => [
  route({
    method: 'get',
    path: '/api/briefings/{id}/figures/{sha256}',
    summary: 'What was put on the stage of a briefing, as it is on record, as long as it is there.',
    access: 'session',
    screens: true,
    params: z.object({ id: uuidSchema, sha256: sha256Schema }),
    files: [JSON_TYPE],
    handle: async ({ caller, params: { id, sha256 } }) => {
      const bytes = await stages.content(caller.account, id, sha256);
      // FG28: not kept, since it is shown no longer than it is on the stage.
      return new FileAnswer({ name: 'figures.json', type: JSON_TYPE, size: bytes.length, bytes: once(bytes) });
    },
  }),
];

async function* once(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}
