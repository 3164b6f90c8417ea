import { z } from 'zod';
import type { InvitationDesk } from '../../../domain/invitation/InvitationDesk.ts';
import {
  askInvitationsSchema,
  invitationPlanQuerySchema,
  invitationPlanSchema,
  invitationsSchema,
} from '../../../protocol/invitation.ts';
import type { Account } from '../../../protocol/organisation.ts';
import { uuidSchema } from '../../../protocol/uuid.ts';
import { FileAnswer, type Route, route } from '../route.ts';

const params = z.object({ id: uuidSchema });
const PDF = 'application/pdf';
const CALENDAR = 'text/calendar; charset=utf-8';

/** What is handed out before a briefing: sheets with links, and a file for calendars. */
export const invitationRoutes = (
  desk: InvitationDesk,
  calendar: (account: Account, briefing: string) => Promise<string>,
): Route[] => [
  route({
    method: 'post',
    path: '/api/briefings/{id}/invitations',
    summary:
      'Issue codes, and links where there are none, to the units of a territory and print them, in the background.',
    access: 'session',
    params,
    body: askInvitationsSchema,
    answer: invitationsSchema,
    handle: ({ caller: { account }, params: { id }, body }) => desk.ask(account, id, body),
  }),
  route({
    method: 'get',
    path: '/api/briefings/{id}/invitations',
    summary: 'What would be printed for a territory; nothing is issued.',
    access: 'session',
    params,
    query: invitationPlanQuerySchema,
    answer: invitationPlanSchema,
    handle: ({ caller: { account }, params: { id }, query }) => desk.plan(account, id, query),
  }),
  route({
    method: 'get',
    path: '/api/invitations/{id}',
    summary: 'How far they are; for whoever asked.',
    access: 'session',
    params,
    answer: invitationsSchema,
    handle: ({ caller: { account }, params: { id } }) => desk.read(account, id),
  }),
  route({
    method: 'get',
    path: '/api/invitations/{id}/file',
    summary: 'The sheets, once.',
    access: 'session',
    params,
    files: [PDF],
    handle: async ({ caller: { account }, params: { id } }) =>
      new FileAnswer({ ...(await desk.take(account, id)), type: PDF }),
  }),
  route({
    method: 'get',
    path: '/api/briefings/{id}/calendar.ics',
    summary: 'The briefing for a calendar (RFC 5545); a later file takes the place of an earlier one.',
    access: 'session',
    params,
    files: [CALENDAR],
    handle: async ({ caller: { account }, params: { id } }) => {
      const text = Buffer.from(await calendar(account, id));
      return new FileAnswer({ name: 'briefing.ics', type: CALENDAR, size: text.length, bytes: once(text) });
    },
  }),
];

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
