import { z } from 'zod';
import { identityOf } from '../../../domain/briefing/identity.ts';
import type { StageLooks } from '../../../domain/floor/StageLooks.ts';
import { stageLooksSchema } from '../../../protocol/stageLooks.ts';
import { uuidSchema } from '../../../protocol/uuid.ts';
import { type Route, route } from '../route.ts';

const params = z.object({ id: uuidSchema });

/** TR15: all open stages at one look. */
export const lookRoutes = (looks: StageLooks): Route[] => [
  route({
    method: 'get',
    path: '/api/briefings/{id}/stages/looks',
    summary:
      'The open stages of the caller’s territory: how many watch each, and a small picture. Asked every five seconds.',
    access: 'session',
    params,
    answer: stageLooksSchema,
    handle: async ({ caller, params: { id } }) => ({ looks: await looks.look(caller.account, id) }),
  }),
  route({
    method: 'post',
    path: '/api/briefings/{id}/stages/picture',
    summary: 'A small picture of the camera of a device on the stage of a unit, which was asked for it.',
    access: 'session',
    params,
    uploads: ['image/jpeg'],
    right: ['stage.picture'],
    handle: ({ caller, params: { id }, body }) => looks.take(caller.account, identityOf(caller), id, body.bytes),
  }),
];
