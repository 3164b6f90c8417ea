import type { StagedFigures } from '../api/contract.ts';
import { useChannel } from '../session/BriefingContext.tsx';

export type ShownFigures = NonNullable<StagedFigures['shown']>;

/** FG28: the figures that are on the stage now; undefined: none are. */
export function useStaged(): ShownFigures | undefined {
  const { staged, programme } = useChannel();
  return programme.content?.kind === 'figures' ? (staged?.shown ?? undefined) : undefined;
}
