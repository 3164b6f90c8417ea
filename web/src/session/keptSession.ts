/** The public id of a session; the proof itself is a cookie that no script can read. */
const KEPT = 'dh.session';

/** Asked once: an installed page on the whole screen is in another display mode, and still installed. */
const isInstalled = matchMedia('(display-mode: standalone)').matches;

/**
 * Per tab, since one browser may hold several people (HT1). Who has installed the page has made it theirs: it is opened
 * from its icon, by no link, and is still theirs until they sign out (SW8).
 */
export const keptSession = (): string | null =>
  sessionStorage.getItem(KEPT) ?? (isInstalled ? localStorage.getItem(KEPT) : null);

export function keepSession(id: string): void {
  sessionStorage.setItem(KEPT, id);
  if (isInstalled) localStorage.setItem(KEPT, id);
}

/** Of this window alone: what an installed page keeps of another session stays. */
export function forgetSession(): void {
  const own = keptSession();
  sessionStorage.removeItem(KEPT);
  if (localStorage.getItem(KEPT) === own) localStorage.removeItem(KEPT);
}
