import { useCallback, useEffect, useState } from 'react';
import type { Api } from '../api/Api.ts';
import { ApiError } from '../api/ApiError.ts';
import type { ScreenHere } from '../api/contract.ts';
import { fullJitter } from '../lib/jitter.ts';
import { screenApi } from './screenApi.ts';

/** A code that was typed is noticed so soon. */
const ASK_MS = 2_500;

/** SN1: what this screen is; asked until it is paired, and again when its session ends. undefined: not known yet. */
export function useHere(api: Api) {
  const [here, setHere] = useState<ScreenHere>();
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a turn asks anew
  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (attempt: number): Promise<void> => {
      let next = ASK_MS;
      try {
        const found = await screenApi.here(api);
        if (over) return;
        if (found.state === 'paired') api.session = found.session.session;
        setHere(found);
        if (found.state === 'paired') return;
        attempt = -1;
      } catch (error) {
        const least = error instanceof ApiError ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
        next = ASK_MS + least + fullJitter(attempt);
      }
      if (!over) timer = setTimeout(() => void ask(attempt + 1), next);
    };
    void ask(0);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [api, turn]);
  const again = useCallback(() => {
    setHere(undefined);
    setTurn((before) => before + 1);
  }, []);
  return { here, again };
}
