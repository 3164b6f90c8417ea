/** The clock by which officials read the record; it has no summer time. */
export const VIET_NAM_ZONE = 'Asia/Ho_Chi_Minh';
const AHEAD_MS = 7 * 3_600_000;

/** Milliseconds since 1970 as if the clock on the wall in Viet Nam were UTC. */
export const vietNamWallMs = (iso: string): number => Date.parse(iso) + AHEAD_MS;

/** An ISO moment as `2026-09-02 07:30:00`, in that zone. */
export const vietNamTime = (iso: string): string =>
  new Date(vietNamWallMs(iso)).toISOString().slice(0, 19).replace('T', ' ');
