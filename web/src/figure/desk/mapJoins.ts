import type { ChangeFrame } from './change/changeFrame.ts';

export const mapViews = ['value', 'coverage', 'change'] as const;
/** What the colour of a unit says. */
export type MapView = (typeof mapViews)[number];

/** FG97: how units have changed. */
export interface Changed {
  readonly frame: ChangeFrame;
  /** From how many steps a change is strong; undefined: nothing has changed. */
  readonly strong: number | undefined;
  /** `so với hôm trước` */
  readonly than: string;
}

/** What a map of figures says of its units besides their values. */
export interface MapJoins {
  readonly change?: Changed | undefined;
  /** FG98: paths of those that are in the briefing at this moment; undefined: nobody has asked, or nobody knows. */
  readonly present?: ReadonlySet<string> | undefined;
}
