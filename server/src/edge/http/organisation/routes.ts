import { z } from 'zod';
import type { Accounts } from '../../../domain/organisation/Accounts.ts';
import type { Lists } from '../../../domain/organisation/Lists.ts';
import type { Units } from '../../../domain/organisation/Units.ts';
import { LONGEST_LIST_NAME } from '../../../protocol/limits.ts';
import { name } from '../../../protocol/name.ts';
import {
  accountSchema,
  rosterSchema,
  savedListSchema,
  savedListsSchema,
  saveListSchema,
  unitCodeSchema,
  unitDetailSchema,
  unitHitsSchema,
  unitSearchSchema,
} from '../../../protocol/organisation.ts';
import { renameListSchema } from '../../../protocol/people.ts';
import { accountListSchema, createAccountSchema, issuedLinkSchema } from '../../../protocol/session.ts';
import { uuidSchema } from '../../../protocol/uuid.ts';
import { type Route, route } from '../route.ts';

const idSchema = z.object({ id: uuidSchema });
const listSchema = z.object({ name: name(LONGEST_LIST_NAME) });

/** The tree of units, as far as the caller's territory goes. */
export const unitRoutes = (units: Units): Route[] => [
  route({
    method: 'get',
    path: '/api/units/search',
    summary: 'Units by name without accents, or by code; best match first.',
    access: 'session',
    query: unitSearchSchema,
    answer: unitHitsSchema,
    handle: ({ caller, query }) => units.search(caller.account, query.q, query.limit),
  }),
  route({
    method: 'get',
    path: '/api/units/{code}',
    summary: 'One unit and those directly below it.',
    access: 'session',
    params: z.object({ code: unitCodeSchema }),
    answer: unitDetailSchema,
    handle: ({ caller, params }) => {
      const { unit, children } = units.read(caller.account, params.code);
      return { unit, children: [...children] };
    },
  }),
  route({
    method: 'get',
    path: '/api/roster',
    summary: 'A whole territory in one answer; without `root`, that of the caller.',
    access: 'session',
    query: z.object({ root: unitCodeSchema.optional() }),
    answer: rosterSchema,
    handle: ({ caller, query }) => units.roster(caller.account, query.root ?? caller.account.unit.code),
  }),
];

/** Accounts and their personal links. */
export const accountRoutes = (accounts: Accounts): Route[] => [
  route({
    method: 'get',
    path: '/api/accounts',
    summary: 'Accounts of one unit, with their valid links.',
    access: 'session',
    query: z.object({ unit: unitCodeSchema }),
    answer: accountListSchema,
    handle: async ({ caller, query }) => {
      const found = await accounts.ofUnit(caller.account, query.unit);
      return {
        accounts: found.map(({ links, sessions, ...account }) => ({
          ...account,
          links: links.map(({ issuedAt, lastUsedAt, expiresAt, ...link }) => ({
            ...link,
            issuedAt: issuedAt.toISOString(),
            lastUsedAt: lastUsedAt?.toISOString() ?? null,
            expiresAt: expiresAt?.toISOString() ?? null,
          })),
          sessions: sessions.map(({ since, until, ...session }) => ({
            ...session,
            since: since.toISOString(),
            until: until.toISOString(),
          })),
        })),
      };
    },
  }),
  route({
    method: 'post',
    path: '/api/accounts',
    summary: 'A new account in the caller’s territory.',
    access: 'session',
    body: createAccountSchema,
    answer: accountSchema,
    handle: ({ caller, body }) => accounts.create(caller.account, body),
  }),
  route({
    method: 'post',
    path: '/api/accounts/{id}/links',
    summary: 'Withdraw the account’s links and issue a new one, told this once.',
    access: 'session',
    params: idSchema,
    answer: issuedLinkSchema,
    handle: ({ caller, params }) => accounts.issueLink(caller.account, params.id),
  }),
  route({
    method: 'post',
    path: '/api/accounts/{id}/disable',
    summary: 'Nobody signs in as this account any more; its links and sessions end, on all devices.',
    access: 'session',
    params: idSchema,
    handle: ({ caller, params }) => accounts.disable(caller.account, params.id),
  }),
  route({
    method: 'post',
    path: '/api/accounts/{id}/enable',
    summary: 'The account may be signed in as again, by its password or a link issued from now on.',
    access: 'session',
    params: idSchema,
    handle: ({ caller, params }) => accounts.enable(caller.account, params.id),
  }),
  route({
    method: 'delete',
    path: '/api/links/{id}',
    summary: 'Withdraw one link and end its sessions.',
    access: 'session',
    params: idSchema,
    handle: ({ caller, params }) => accounts.revokeLink(caller.account, params.id),
  }),
];

/** Saved lists of units. */
export const listRoutes = (lists: Lists): Route[] => [
  route({
    method: 'get',
    path: '/api/lists',
    summary: 'Saved lists that lie in the caller’s territory.',
    access: 'session',
    answer: savedListsSchema,
    handle: async ({ caller }) => ({
      lists: (await lists.all(caller.account)).map((list) => ({ ...list, units: [...list.units] })),
    }),
  }),
  route({
    method: 'put',
    path: '/api/lists/{name}',
    summary: 'Make or replace a saved list.',
    access: 'session',
    params: listSchema,
    body: saveListSchema,
    answer: savedListSchema,
    right: ['list.save'],
    handle: async ({ caller, params, body }) => {
      const list = await lists.save(caller.account, params.name, body.units);
      return { ...list, units: [...list.units] };
    },
  }),
  route({
    method: 'post',
    path: '/api/lists/{name}/rename',
    summary: 'Give a saved list another name.',
    access: 'session',
    params: listSchema,
    body: renameListSchema,
    handle: ({ caller, params, body }) => lists.rename(caller.account, params.name, body.name),
  }),
  route({
    method: 'delete',
    path: '/api/lists/{name}',
    summary: 'Delete a saved list; what was made from it before stays.',
    access: 'session',
    params: listSchema,
    handle: ({ caller, params }) => lists.remove(caller.account, params.name),
  }),
];
