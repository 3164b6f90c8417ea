import { useMemo } from 'react';
import { type Scene, type Speaker, sceneOf, waitingIn } from '../../api/contract.ts';
import { useChannel } from '../../session/BriefingContext.tsx';

export interface Drawn {
  readonly scene: Scene;
  /** Those on stage, whether they are shown or not. */
  readonly onStage: readonly Speaker[];
  /** Of those who are not shown: whose decoders wait for the cut to them. */
  readonly waiting: readonly Speaker[];
}

/** PN5, PN8: what is drawn now. */
export function useScene(): Drawn {
  const { floor, programme, speaker } = useChannel();
  return useMemo(() => {
    const onStage = floor.speakers.filter(({ place }) => place !== 'green');
    const people = onStage.map(({ seat, since }) => ({ identity: seat.identity, role: seat.role, since }));
    const scene = sceneOf(programme, people, speaker);
    const waits = new Set(waitingIn(scene, people));
    const waiting = onStage.filter(({ seat }) => waits.has(seat.identity));
    return { scene, onStage, waiting };
  }, [floor, programme, speaker]);
}
