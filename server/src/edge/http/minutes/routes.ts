import { z } from 'zod';
import { type MinutesDesk, minutesTypes } from '../../../domain/minutes/MinutesDesk.ts';
import { minutesQuerySchema, minutesSchema } from '../../../protocol/minutes.ts';
import { uuidSchema } from '../../../protocol/uuid.ts';
import { FileAnswer, type Route, route } from '../route.ts';

const params = z.object({ id: uuidSchema });
const PIECE = 64 * 1024;

/** MN: what is left of a briefing on paper. */
export const minutesRoutes = (desk: MinutesDesk): Route[] => [
  route({
    method: 'get',
    path: '/api/briefings/{id}/minutes',
    summary: 'Whether the minutes can be taken, who spoke, and the last seal of the record.',
    access: 'session',
    params,
    answer: minutesSchema,
    handle: ({ caller: { account }, params: { id } }) => desk.outline(account, id),
  }),
  ...(['docx', 'pdf'] as const).map((format) =>
    route({
      method: 'get',
      path: `/api/briefings/{id}/minutes.${format}`,
      summary: `The minutes as ${format.toUpperCase()}: of the whole briefing or an extract of the caller's territory, or of a session that a unit held for itself.`,
      access: 'session',
      params,
      query: minutesQuerySchema,
      files: [minutesTypes[format]],
      handle: async ({ caller: { account }, params: { id }, query: { language, session } }) => {
        const { name, type, bytes } = await desk.file(account, id, format, { language, session });
        return new FileAnswer({ name, type, size: bytes.length, bytes: inPieces(bytes) });
      },
    }),
  ),
];

async function* inPieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += PIECE) yield bytes.subarray(from, from + PIECE);
}
