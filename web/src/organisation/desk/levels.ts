/** How far a place has come: full: nobody is missing; most, some, few: at least 90 %, 50 %, one; none. */
export const levels = ['full', 'most', 'some', 'few', 'none'] as const;
export type Level = (typeof levels)[number];

/** @param needed who counts; of nobody, nobody is missing */
export function levelOf(part: number, needed: number): Level {
  if (part >= needed) return 'full';
  if (part === 0) return 'none';
  return part >= needed * 0.9 ? 'most' : part >= needed * 0.5 ? 'some' : 'few';
}
