import { useEffect, useState } from 'react';
import { isPassing } from '../api/ApiError.ts';
import type { Deck } from '../api/contract.ts';
import { fullJitter } from '../lib/jitter.ts';
import { useOffice } from '../session/OfficeContext.tsx';
import { slidesApi } from './slidesApi.ts';

/** A deck with its pages, asked for until it is there; undefined: not yet. */
export function useDeck(id: string | undefined): Deck | undefined {
  const { api } = useOffice();
  const [deck, setDeck] = useState<Deck>();
  useEffect(() => {
    if (id === undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const ask = async (attempt: number): Promise<void> => {
      try {
        const found = await slidesApi.deck(api, id);
        if (!over) setDeck(found);
      } catch (error) {
        if (!over && isPassing(error)) timer = setTimeout(() => void ask(attempt + 1), fullJitter(attempt));
      }
    };
    void ask(0);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [api, id]);
  return deck?.id === id ? deck : undefined;
}
