import type { FigureContacts } from '../../../domain/figure/contact/FigureContacts.ts';
import { figureContactPathSchema, namedContactSchema } from '../../../protocol/figureContact.ts';
import { type Route, route } from '../route.ts';

const path = '/api/figures/contacts/{indicator}/{unit}';
const access = 'session';
const params = figureContactPathSchema;

/** FG69 */
export const figureContactRoutes = (contacts: FigureContacts): Route[] => [
  route({
    method: 'get',
    path,
    summary: 'Who answers for a figure in a unit, and where they are rung; null when nobody is named.',
    access,
    params,
    answer: namedContactSchema,
    handle: async ({ caller: { account }, params: { indicator, unit } }) => ({
      contact: await contacts.read(account, indicator, unit),
    }),
  }),
  route({
    method: 'put',
    path,
    summary: 'Names who answers for a figure in a unit, in the place of whoever was named; null ends that.',
    access,
    params,
    body: namedContactSchema,
    answer: namedContactSchema,
    handle: async ({ caller: { account }, params: { indicator, unit }, body: { contact } }) => {
      await contacts.name(account, indicator, unit, contact);
      return { contact };
    },
  }),
];
