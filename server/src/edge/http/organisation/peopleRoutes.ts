import { z } from 'zod';
import type { AccountDesk } from '../../../domain/organisation/AccountDesk.ts';
import type { AccountNews } from '../../../domain/organisation/AccountNews.ts';
import type { PasswordLinks } from '../../../domain/organisation/PasswordLinks.ts';
import { accountSchema, unitCodeSchema } from '../../../protocol/organisation.ts';
import {
  accountNewsSchema,
  changeAccountSchema,
  doneActsQuerySchema,
  doneActsSchema,
  madeSeatsSchema,
  newsSeenSchema,
  offerPasswordSchema,
  passwordLinkSchema,
  passwordOfferSchema,
  usePasswordLinkSchema,
} from '../../../protocol/people.ts';
import { issuedLinkSchema, sessionIdSchema } from '../../../protocol/session.ts';
import { uuidSchema } from '../../../protocol/uuid.ts';
import { type Route, route } from '../route.ts';

const idSchema = z.object({ id: uuidSchema });

/** What officials do to accounts from a desk, and links by which people set their password. */
export const peopleRoutes = (desk: AccountDesk, passwords: PasswordLinks, news: AccountNews): Route[] => [
  route({
    method: 'put',
    path: '/api/accounts/{id}',
    summary: 'Another name, role or unit; with another role or unit its sessions end.',
    access: 'session',
    params: idSchema,
    body: changeAccountSchema,
    answer: accountSchema,
    handle: ({ caller, params, body }) => desk.change(caller.account, params.id, body),
  }),
  route({
    method: 'delete',
    path: '/api/accounts/{id}/sessions/{session}',
    summary: 'Sign one device of the account out.',
    access: 'session',
    params: idSchema.extend({ session: sessionIdSchema }),
    handle: ({ caller, params }) => desk.endSession(caller.account, params.id, params.session),
  }),
  route({
    method: 'delete',
    path: '/api/session/by-code/{session}',
    summary: "End a session of the caller's unit that the code of a slip has opened; the code is withdrawn.",
    access: 'session',
    params: z.object({ session: sessionIdSchema }),
    handle: ({ caller, params }) => desk.undoCode(caller, params.session),
  }),
  route({
    method: 'post',
    path: '/api/accounts/{id}/password-links',
    summary: 'A link by which the person sets a password, once within a day; earlier ones are withdrawn.',
    access: 'session',
    params: idSchema,
    body: offerPasswordSchema,
    answer: issuedLinkSchema,
    handle: ({ caller, params, body }) => desk.offerPassword(caller.account, params.id, body.login),
  }),
  route({
    method: 'post',
    path: '/api/units/{code}/seats',
    summary: 'A seat for each unit of this territory that has none, and a link for each that has none, told this once.',
    access: 'session',
    params: z.object({ code: unitCodeSchema }),
    answer: madeSeatsSchema,
    handle: ({ caller, params }) => desk.makeSeats(caller.account, params.code),
  }),
  route({
    method: 'get',
    path: '/api/people-acts',
    summary: 'What was done to one unit and its people, the newest first.',
    access: 'session',
    query: doneActsQuerySchema,
    answer: doneActsSchema,
    handle: async ({ caller, query }) => ({
      acts: [...(await desk.history(caller.account, query.unit, query.before))],
    }),
  }),
  route({
    method: 'get',
    path: '/api/session/news',
    summary: "What others did to the caller's account and was not seen yet, the oldest first.",
    access: 'session',
    answer: accountNewsSchema,
    handle: async ({ caller }) => ({ acts: [...(await news.unseen(caller))] }),
  }),
  route({
    method: 'post',
    path: '/api/session/news/seen',
    summary: 'It was seen, with all before it; it is told no more.',
    access: 'session',
    body: newsSeenSchema,
    handle: ({ caller, body }) => news.markSeen(caller, body.act),
  }),
  route({
    method: 'post',
    path: '/api/password-link',
    summary: 'Whose password a link sets; it is not used up by that.',
    access: 'public',
    body: passwordLinkSchema,
    answer: passwordOfferSchema,
    handle: ({ body, address }) => passwords.read(body.secret, address),
  }),
  route({
    method: 'post',
    path: '/api/password-link/use',
    summary: 'Set the password; the link is over then, and all devices of the account sign in again.',
    access: 'public',
    body: usePasswordLinkSchema,
    handle: ({ body, address }) => passwords.use(body.secret, body.password, address),
  }),
];
