import { z } from 'zod';
import { identityOf } from '../../../domain/briefing/identity.ts';
import type { FigureForm } from '../../../domain/figure/form/FigureForm.ts';
import {
  figureEnteredSchema,
  figureEntrySchema,
  figureFormSchema,
  saidListSchema,
  settledEntrySchema,
} from '../../../protocol/figureForm.ts';
import { uuidSchema } from '../../../protocol/uuid.ts';
import { type Route, route } from '../route.ts';

const access = 'session';

/** FG71: what units type in themselves. */
export const formRoutes = (form: FigureForm): Route[] => [
  route({
    method: 'get',
    path: '/api/figures/form',
    summary: "The numbers that the caller's unit is asked for, until when, and what it has said of them.",
    access,
    answer: figureFormSchema,
    handle: ({ caller: { account } }) => form.tasks(account),
  }),
  route({
    method: 'get',
    path: '/api/figures/said',
    summary: "What is said of the caller's unit, by which source, and what of it counts.",
    access,
    answer: saidListSchema,
    handle: async ({ caller: { account } }) => ({ said: await form.said(account) }),
  }),
  route({
    method: 'post',
    path: '/api/figures/entries',
    summary: "Records numbers of the caller's unit. Answered after the commit; the same key answers the first receipt.",
    access,
    body: figureEntrySchema,
    answer: figureEnteredSchema,
    right: ['figure.enter'],
    handle: ({ caller, body }) =>
      form.enter(caller.account, { identity: identityOf(caller), person: caller.person }, body),
  }),
  route({
    method: 'get',
    path: '/api/figures/entries/{key}',
    summary: "What the caller's unit has recorded under a key of its own; null when it has not.",
    access,
    params: z.object({ key: uuidSchema }),
    answer: settledEntrySchema,
    handle: async ({ caller: { account }, params: { key } }) => ({ entered: await form.settle(account, key) }),
  }),
];
