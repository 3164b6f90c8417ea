import type { FigureBorders } from '../../../domain/figure/borders/FigureBorders.ts';
import { bordersQuerySchema } from '../../../protocol/figureBorders.ts';
import { type Route, route } from '../route.ts';
import { sharedJson } from '../sharedJson.ts';

const JSON_TYPE = 'application/json';

/** FG35: the ground of a map, where an operator has given one. */
export const figureBorderRoutes = (borders: FigureBorders): Route[] => [
  route({
    method: 'get',
    path: '/api/figures/borders',
    summary:
      'Borders of units without units below, as a map is drawn by them; null where maps are tiles, and left out where they are those that are known.',
    access: 'session',
    query: bordersQuerySchema,
    files: [JSON_TYPE],
    handle: async ({ caller: { account }, query: { known }, headers }) =>
      sharedJson('borders.json', await borders.read(account, known), headers['accept-encoding']),
  }),
];
