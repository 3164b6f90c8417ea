import { useMemo } from 'react';
import { type Scene, type Speaker, sceneOf, shownIn, waitingIn } from '../../api/contract.ts';
import { useChannel, useTools } from '../../session/BriefingContext.tsx';

export interface Drawn {
  readonly scene: Scene;
  /** Those on stage, whether they are shown or not. */
  readonly onStage: readonly Speaker[];
  /** Of those who are not shown: whose decoders wait for the cut to them. */
  readonly waiting: readonly Speaker[];
}

/** TR2: what a producer chooses is of the briefing's own stage. */
const AUTOMATIC: Parameters<typeof sceneOf>[0] = { layout: { kind: 'auto' }, content: null };

/** PN5, PN8: what is drawn now. */
export function useScene(): Drawn {
  const { floor, programme, speaker } = useChannel();
  return useMemo(() => {
    const onStage = floor.speakers.filter(({ place }) => place !== 'green');
    const people = onStage.map(({ seat, since }) => ({ identity: seat.identity, role: seat.role, since }));
    const scene = sceneOf(floor.stage ? AUTOMATIC : programme, people, speaker);
    const waits = new Set(waitingIn(scene, people));
    const waiting = onStage.filter(({ seat }) => waits.has(seat.identity));
    return { scene, onStage, waiting };
  }, [floor, programme, speaker]);
}

/** Last of all who are there. */
const LATEST = '9999';

/** Whether what all see would have this device in it, if it came on stage now. */
export function useWouldBeDrawn(): boolean {
  const { identity, session } = useTools();
  const { floor, programme, speaker } = useChannel();
  const { onStage } = useScene();
  const people = onStage.map(({ seat, since }) => ({ identity: seat.identity, role: seat.role, since }));
  const me = { identity, role: session.account.role, since: LATEST };
  return shownIn(sceneOf(floor.stage ? AUTOMATIC : programme, [...people, me], speaker)).includes(identity);
}

/** Whether what all see has this device in it. */
export function useDrawn(): boolean {
  const { identity } = useTools();
  return shownIn(useScene().scene).includes(identity);
}
