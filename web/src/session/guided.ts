/** In the address of a leader who was opened from the first page of a demo: what to try is said there. (DC9) */
const GUIDED = 'guide';

/** @param link a personal link @returns the same, with the guided path */
export function guidedLink(link: string): string {
  const url = new URL(link);
  url.searchParams.set(GUIDED, '1');
  return url.href;
}

export const isGuided = (): boolean => new URLSearchParams(window.location.search).has(GUIDED);
