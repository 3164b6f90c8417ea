import type { Slides } from '../api/contract.ts';
import { useChannel } from '../session/BriefingContext.tsx';

export type Shown = NonNullable<Slides['shown']>;

/** What is shown now; undefined: no slides. */
export const useShownSlides = (): Shown | undefined => useChannel().slides?.shown ?? undefined;
