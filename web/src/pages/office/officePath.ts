/** Address of the office's own page (KP10). */
export const OFFICE_PATH = '/office';
/** Name of the tab that a briefing opens it in: pressed again, it is the same one. */
export const OFFICE_TAB = 'dh-office';
/** Query of the page of briefings: the id of the one whose door is shown first. */
const CHOSEN = 'briefing';

/** Goes from the office to the door of a briefing: the tab is the office's no more. (KP10) */
export function enterFromOffice(briefing: string): void {
  window.name = '';
  window.location.assign(`/?${CHOSEN}=${encodeURIComponent(briefing)}`);
}

/** The briefing that was chosen in the office, if one was. */
export const chosenInOffice = (): string | undefined =>
  new URLSearchParams(window.location.search).get(CHOSEN) ?? undefined;
