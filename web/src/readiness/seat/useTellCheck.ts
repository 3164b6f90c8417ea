import { useCallback, useEffect, useRef } from 'react';
import type { Api } from '../../api/Api.ts';
import { isPassing } from '../../api/ApiError.ts';
import type { FoundCheck } from '../../api/contract.ts';
import { fullJitter } from '../../lib/jitter.ts';

/** What follows at once (a voice, a sound that was heard) is told in one. */
const GATHER_MS = 1_500;
const TRIES = 4;

/**
 * RY1: tells the server what the check of this device found, when it is settled and when it changes. Nobody waits for it,
 * and the check goes on whether it arrives or not.
 */
export function useTellCheck(api: Pick<Api, 'ask'>, wanted: boolean): ((found: FoundCheck) => void) | undefined {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const told = useRef('');
  useEffect(() => () => clearTimeout(timer.current), []);
  const tell = useCallback(
    (found: FoundCheck): void => {
      const body = JSON.stringify(found);
      const send = async (attempt: number): Promise<void> => {
        try {
          await api.ask('/api/readiness', undefined, { method: 'POST', body: found });
          told.current = body;
        } catch (error) {
          if (!isPassing(error) || attempt === TRIES) return;
          timer.current = setTimeout(() => void send(attempt + 1), GATHER_MS + fullJitter(attempt + 2));
        }
      };
      clearTimeout(timer.current);
      if (body !== told.current) timer.current = setTimeout(() => void send(0), GATHER_MS);
    },
    [api],
  );
  return wanted ? tell : undefined;
}
