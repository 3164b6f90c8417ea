import { z } from 'zod';
import type { Decks } from '../../../domain/slides/Decks.ts';
import type { Stills } from '../../../domain/slides/Stills.ts';
import {
  addDeckSchema,
  deckListSchema,
  deckSchema,
  pageParamsSchema,
  sha256Schema,
  slideImageSchema,
  slidePageSchema,
  slideTypes,
  stillSchema,
} from '../../../protocol/slides.ts';
import { uuidSchema } from '../../../protocol/uuid.ts';
import { FileAnswer, type Route, route } from '../route.ts';

const params = z.object({ id: uuidSchema });
const access = 'session';

/** Slides: prepared page by page, and fetched by those who see them. */
export const slidesRoutes = (decks: Decks, stills: Stills): Route[] => [
  route({
    method: 'get',
    path: '/api/briefings/{id}/decks',
    summary: 'Slides that were prepared for a briefing.',
    access,
    params,
    answer: deckListSchema,
    handle: async ({ caller, params: { id } }) => ({ decks: [...(await decks.list(caller.account, id))] }),
  }),
  route({
    method: 'post',
    path: '/api/briefings/{id}/decks',
    summary: 'Begin a deck, or go on with the one of the same file.',
    access,
    params,
    body: addDeckSchema,
    answer: deckSchema,
    handle: ({ caller, params: { id }, body }) => decks.add(caller.account, id, body),
  }),
  route({
    method: 'post',
    path: '/api/slides',
    summary: 'Keep a picture for a page; what no page has a day later is deleted.',
    access,
    uploads: slideTypes,
    answer: slideImageSchema,
    right: ['slides.prepare'],
    handle: ({ caller, body }) => decks.keepImage(caller.account, body),
  }),
  route({
    method: 'put',
    path: '/api/decks/{id}/pages/{nr}',
    summary: 'Put pictures and text on a page, as long as pages are missing.',
    access,
    params: pageParamsSchema,
    body: slidePageSchema,
    right: ['slides.prepare'],
    handle: ({ caller, params: { id, nr }, body }) => decks.setPage(caller.account, id, nr, body),
  }),
  route({
    method: 'delete',
    path: '/api/decks/{id}',
    summary: 'Delete a deck that was never shown.',
    access,
    params,
    handle: ({ caller, params: { id } }) => decks.remove(caller.account, id),
  }),
  route({
    method: 'get',
    path: '/api/decks/{id}',
    summary: 'A deck with its pages, when it was shown; for those who prepare it, before as well.',
    access,
    screens: true,
    params,
    answer: deckSchema,
    handle: ({ caller, params: { id } }) => decks.read(caller.account, id),
  }),
  route({
    method: 'get',
    path: '/api/decks/{id}/images/{sha256}',
    summary: 'One picture of a deck. It never changes, so browsers keep it.',
    access,
    screens: true,
    params: params.extend({ sha256: sha256Schema }),
    files: slideTypes,
    handle: async ({ caller, params: { id, sha256 } }) => {
      const { type, bytes } = await decks.image(caller.account, id, sha256);
      return new FileAnswer({ name: sha256, type, size: bytes.length, bytes: once(bytes), keep: true });
    },
  }),
  route({
    method: 'post',
    path: '/api/briefings/{id}/stills',
    summary: 'A still of the screen that this account shares on the stage, for lines that do not carry its picture.',
    access,
    params,
    uploads: slideTypes,
    answer: stillSchema,
    right: ['still.take'],
    handle: ({ caller, params: { id }, body }) => stills.take(caller.account, id, body),
  }),
  route({
    method: 'get',
    path: '/api/briefings/{id}/stills/{sha256}',
    summary: 'A still of the screen that is shown now.',
    access,
    params: params.extend({ sha256: sha256Schema }),
    files: slideTypes,
    handle: async ({ caller, params: { id, sha256 } }) => {
      const { type, bytes } = await stills.image(caller.account, id, sha256);
      return new FileAnswer({ name: sha256, type, size: bytes.length, bytes: once(bytes) });
    },
  }),
];

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
