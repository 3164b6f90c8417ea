/** PL17: the place of this tab at the door of a briefing; a reload does not lose it. */
const keyOf = (briefing: string): string => `dh.place.${briefing}`;

export function keptPlace(briefing: string): string | undefined {
  try {
    return sessionStorage.getItem(keyOf(briefing)) ?? undefined;
  } catch {
    // A browser that keeps nothing: the server remembers the place for a while, too.
    return undefined;
  }
}

export function keepPlace(briefing: string, place: string): void {
  try {
    sessionStorage.setItem(keyOf(briefing), place);
  } catch {
    // As above.
  }
}
