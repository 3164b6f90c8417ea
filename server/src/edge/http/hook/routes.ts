import { z } from 'zod';
import type { Hooks } from '../../../domain/hook/Hooks.ts';
import {
  hookEventNameSchema,
  hookFailuresSchema,
  hookSecretSchema,
  hookStateSchema,
  hooksPageSchema,
  makeHookSchema,
} from '../../../protocol/hook.ts';
import { uuidSchema } from '../../../protocol/uuid.ts';
import { type Route, route } from '../route.ts';

const params = z.object({ id: uuidSchema });

/** Who is told of acts by HTTP, for principals and operators. */
export const hookRoutes = (hooks: Hooks): Route[] => [
  route({
    method: 'get',
    path: '/api/hooks',
    summary: 'Webhooks of the territory: where to, of what, and how they stand.',
    access: 'session',
    answer: hooksPageSchema,
    handle: ({ caller: { account } }) => hooks.page(account),
  }),
  route({
    method: 'post',
    path: '/api/hooks',
    summary: 'Tell an address of acts; the secret that signs is answered once.',
    access: 'session',
    right: ['hook.change'],
    body: makeHookSchema,
    answer: hookSecretSchema,
    handle: ({ caller: { account }, body }) => hooks.make(account, body),
  }),
  route({
    method: 'put',
    path: '/api/hooks/{id}/state',
    summary: 'Pause a webhook, or let it go on with what waits.',
    access: 'session',
    params,
    body: hookStateSchema,
    handle: ({ caller: { account }, params: { id }, body: { state } }) => hooks.setState(account, id, state),
  }),
  route({
    method: 'post',
    path: '/api/hooks/{id}/secret',
    summary: 'A new secret, answered once; the one before signs as well for a day.',
    access: 'session',
    params,
    answer: hookSecretSchema,
    handle: ({ caller: { account }, params: { id } }) => hooks.rotate(account, id),
  }),
  route({
    method: 'post',
    path: '/api/hooks/{id}/test',
    summary: 'Deliver an event of the type test.',
    access: 'session',
    params,
    handle: ({ caller: { account }, params: { id } }) => hooks.test(account, id),
  }),
  route({
    method: 'delete',
    path: '/api/hooks/{id}',
    summary: 'Withdraw a webhook, with all that waits for it.',
    access: 'session',
    params,
    handle: ({ caller: { account }, params: { id } }) => hooks.remove(account, id),
  }),
  route({
    method: 'get',
    path: '/api/hooks/{id}/failures',
    summary: 'What could not be delivered, or failed and is tried again; the newest 200.',
    access: 'session',
    params,
    answer: hookFailuresSchema,
    handle: ({ caller: { account }, params: { id } }) => hooks.failures(account, id),
  }),
  route({
    method: 'post',
    path: '/api/hooks/{id}/again',
    summary: 'Try an event again at once, with all its attempts.',
    access: 'session',
    params,
    body: hookEventNameSchema,
    handle: ({ caller: { account }, params: { id }, body: { event } }) => hooks.again(account, id, event),
  }),
];
