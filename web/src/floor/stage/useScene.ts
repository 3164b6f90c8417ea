import { useMemo } from 'react';
import { type Scene, type Speaker, sceneOf } from '../../api/contract.ts';
import { useChannel } from '../../session/BriefingContext.tsx';

/** Decoders of so many who are on stage, and not shown, wait for the cut to them. */
const WAITING = 2;

export interface Drawn {
  readonly scene: Scene;
  /** Those on stage, whether they are shown or not. */
  readonly onStage: readonly Speaker[];
  /** Of those who are not shown: a principal, and who came last. */
  readonly waiting: readonly Speaker[];
}

/** PN5, PN8: what is drawn now. */
export function useScene(): Drawn {
  const { floor, programme, speaker } = useChannel();
  return useMemo(() => {
    const onStage = floor.speakers.filter(({ place }) => place !== 'green');
    const people = onStage.map(({ seat, since }) => ({ identity: seat.identity, role: seat.role, since }));
    const scene = sceneOf(programme, people, speaker);
    const shown = new Set(shownIn(scene));
    const rest = onStage.filter(({ seat }) => !shown.has(seat.identity));
    const waiting = rest
      .toSorted((a, b) => rank(a) - rank(b) || b.since.localeCompare(a.since))
      .slice(0, scene.kind === 'card' ? 1 : WAITING);
    return { scene, onStage, waiting };
  }, [floor, programme, speaker]);
}

const rank = ({ seat }: Speaker): number => (seat.role === 'principal' ? 0 : 1);

export function shownIn(scene: Scene): readonly string[] {
  switch (scene.kind) {
    case 'solo':
      return [scene.large];
    case 'pair':
      return [scene.left, scene.right];
    case 'inset':
      return [scene.large, scene.small];
    case 'strip':
      return [scene.large, ...scene.others];
    case 'gallery':
      return scene.people;
    case 'content':
      return scene.face === null ? [] : [scene.face];
    case 'card':
    case 'nobody':
      return [];
  }
}
