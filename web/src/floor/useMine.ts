import { useMemo } from 'react';
import type { Call, Hand, Speaker } from '../api/contract.ts';
import { useChannel, useTools } from '../session/BriefingContext.tsx';

export interface Mine {
  readonly speaker: Speaker | undefined;
  readonly hand: Hand | undefined;
  /** The accepted call that put this device on stage. */
  readonly call: Call | undefined;
}

/** What the floor says about this device. */
export function useMine(): Mine {
  const { identity } = useTools();
  const { floor } = useChannel();
  return useMemo(
    () => ({
      speaker: floor.speakers.find(({ seat }) => seat.identity === identity),
      hand: floor.hands.find(({ seat }) => seat.identity === identity),
      call: floor.calls.find((call) => call.identity === identity && call.state === 'accepted'),
    }),
    [floor, identity],
  );
}
