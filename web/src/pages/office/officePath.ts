/** Address of the office's own page (KP10). */
export const OFFICE_PATH = '/office';
/** Name of the tab that a briefing opens it in: pressed again, it is the same one. */
export const OFFICE_TAB = 'dh-office';
