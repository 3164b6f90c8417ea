import type { Api } from '../api/Api.ts';
import {
  type AddDeck,
  type Deck,
  deckListSchema,
  deckSchema,
  type SlidePage,
  type Still,
  slideImageSchema,
  stillSchema,
} from '../api/contract.ts';

type Ask = Pick<Api, 'ask' | 'file'>;

/** Requests about slides. */
export const slidesApi = {
  deck: (api: Ask, id: string): Promise<Deck> => api.ask(`/api/decks/${id}`, deckSchema),
  picture: (api: Ask, deck: string, sha256: string, signal: AbortSignal): Promise<Blob> =>
    api.file(`/api/decks/${deck}/images/${sha256}`, { kept: true, signal }),
  async decks(api: Ask, briefing: string) {
    return (await api.ask(`/api/briefings/${briefing}/decks`, deckListSchema)).decks;
  },
  add: (api: Ask, briefing: string, body: AddDeck): Promise<Deck> =>
    api.ask(`/api/briefings/${briefing}/decks`, deckSchema, { method: 'POST', body }),
  async upload(api: Ask, body: Blob): Promise<string> {
    return (await api.ask('/api/slides', slideImageSchema, { method: 'POST', body })).sha256;
  },
  still: (api: Ask, { briefing, sha256 }: Still, signal: AbortSignal): Promise<Blob> =>
    api.file(`/api/briefings/${briefing}/stills/${sha256}`, { signal }),
  takeStill: (api: Ask, briefing: string, body: Blob): Promise<Still> =>
    api.ask(`/api/briefings/${briefing}/stills`, stillSchema, { method: 'POST', body }),
  setPage: (api: Ask, deck: string, nr: number, body: SlidePage): Promise<void> =>
    api.ask(`/api/decks/${deck}/pages/${nr}`, undefined, { method: 'PUT', body }),
  remove: (api: Ask, deck: string): Promise<void> => api.ask(`/api/decks/${deck}`, undefined, { method: 'DELETE' }),
};
