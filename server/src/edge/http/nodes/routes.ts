import { z } from 'zod';
import type { NodeDesk } from '../../../domain/nodes/NodeDesk.ts';
import type { RefusalDesk } from '../../../domain/nodes/RefusalDesk.ts';
import { drainNodeSchema, nodesPageSchema, refusalsPageSchema } from '../../../protocol/nodes.ts';
import { uuidSchema } from '../../../protocol/uuid.ts';
import { type Route, route } from '../route.ts';

/** Nodes, for operators of the whole tree. */
export const nodeRoutes = (desk: NodeDesk, refusals: RefusalDesk): Route[] => [
  route({
    method: 'get',
    path: '/api/nodes',
    summary: 'The nodes of this installation, what goes between them, who carries what, and what happened last.',
    access: 'session',
    answer: nodesPageSchema,
    handle: ({ caller: { account } }) => desk.page(account),
  }),
  route({
    method: 'get',
    path: '/api/refusals',
    summary: 'Who was refused what lately, at all nodes, with shortened addresses.',
    access: 'session',
    answer: refusalsPageSchema,
    handle: ({ caller: { account } }) => refusals.page(account),
  }),
  route({
    method: 'post',
    path: '/api/nodes/{boot}/drain',
    summary: 'Empty a node: it lets nobody in, and sends those who are there to the others; or call it off.',
    access: 'session',
    params: z.object({ boot: uuidSchema }),
    body: drainNodeSchema,
    handle: ({ caller: { account }, params: { boot }, body: { draining } }) =>
      desk.setDraining(account, boot, draining),
  }),
];
