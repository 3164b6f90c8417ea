import { identityOf } from '../../../domain/briefing/identity.ts';
import type { Contradictions } from '../../../domain/contradiction/Contradictions.ts';
import type { Clock } from '../../../lib/clock.ts';
import {
  comparedSchema,
  compareSchema,
  contradictedSchema,
  contradictionQuerySchema,
  contradictionsSchema,
  contradictSchema,
} from '../../../protocol/contradiction.ts';
import { type Route, route } from '../route.ts';

/** AU22–AU24: pages hold the receipts that they keep against the record. */
export const contradictionRoutes = (contradictions: Contradictions, clock: Clock): Route[] => [
  route({
    method: 'post',
    path: '/api/seals',
    summary:
      "What is on record at the places of receipts of the caller's unit: hashes of seals and rows, computed anew.",
    access: 'session',
    right: ['receipt.compare'],
    body: compareSchema,
    answer: comparedSchema,
    handle: async ({ caller: { account }, body: { places } }) => ({
      found: [...(await contradictions.compare(account, places))],
    }),
  }),
  route({
    method: 'post',
    path: '/api/contradictions',
    summary: "A receipt of the caller's unit that the record contradicts; officials above are shown it.",
    access: 'session',
    right: ['receipt.compare'],
    body: contradictSchema,
    answer: contradictedSchema,
    handle: async ({ caller, body: { receipt }, address }) => {
      const finder = { account: caller.account, identity: identityOf(caller), address, received: clock.now() };
      return { outcome: await contradictions.report(finder, receipt) };
    },
  }),
  route({
    method: 'get',
    path: '/api/contradictions',
    summary: "Receipts of units of the caller's territory that the record contradicts, newest first.",
    access: 'session',
    query: contradictionQuerySchema,
    answer: contradictionsSchema,
    handle: async ({ caller: { account }, query: { limit } }) => ({
      contradictions: [...(await contradictions.list(account, limit))],
    }),
  }),
];
