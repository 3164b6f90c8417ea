import { z } from 'zod';
import type { ContactBook } from '../../../domain/organisation/ContactBook.ts';
import {
  changeContactsSchema,
  contactListSchema,
  contactsQuerySchema,
  unitContactsSchema,
} from '../../../protocol/contacts.ts';
import { unitCodeSchema } from '../../../protocol/organisation.ts';
import { type Route, route } from '../route.ts';

const unitSchema = z.object({ code: unitCodeSchema });

/** Whom to ring in a unit. */
export const contactRoutes = (book: ContactBook): Route[] => [
  route({
    method: 'get',
    path: '/api/units/{code}/contacts',
    summary: 'Whom to ring in a unit: for itself, and for officials above it.',
    access: 'session',
    params: unitSchema,
    answer: unitContactsSchema,
    handle: ({ caller, params }) => book.read(caller.account, params.code),
  }),
  route({
    method: 'put',
    path: '/api/units/{code}/contacts',
    summary: 'Write whom to ring in a unit, in the place of what was read with that version.',
    access: 'session',
    params: unitSchema,
    body: changeContactsSchema,
    answer: unitContactsSchema,
    handle: ({ caller, params, body }) => book.change(caller.account, params.code, body),
  }),
  route({
    method: 'get',
    path: '/api/contacts',
    summary: 'Whom to ring in several units of the caller’s territory, as far as it is known.',
    access: 'session',
    query: contactsQuerySchema,
    answer: contactListSchema,
    handle: async ({ caller, query }) => ({
      contacts: [...(await book.readMany(caller.account, query.units))],
    }),
  }),
];
