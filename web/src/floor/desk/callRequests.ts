import { callHelpSchema, callHitsSchema, callListSchema, unitContactsSchema } from '../../api/contract.ts';
import type { Office } from '../../session/OfficeContext.tsx';

type Asks = Pick<Office['api'], 'ask'>;

/** Hits that are looked at, at most. */
const SHOWN = 12;

export const searchCallable = (api: Asks, briefing: string, query: string, signal: AbortSignal) =>
  api.ask(`/api/briefings/${briefing}/callable?limit=${SHOWN}&q=${encodeURIComponent(query)}`, callHitsSchema, {
    signal,
  });

export const readCallHelp = (api: Asks, briefing: string, unit: string) =>
  api.ask(`/api/briefings/${briefing}/callable/${encodeURIComponent(unit)}`, callHelpSchema);

export const readCalls = async (api: Asks, briefing: string) =>
  (await api.ask(`/api/briefings/${briefing}/calls`, callListSchema)).calls;

export const readContacts = (api: Asks, unit: string) =>
  api.ask(`/api/units/${encodeURIComponent(unit)}/contacts`, unitContactsSchema);
