import type { Every } from '../../../api/contract.ts';
import { wallClock, ZONE_AHEAD_MS } from '../../../i18n/zone.ts';

const HOUR_MS = 3_600_000;
const lengths = { '5min': HOUR_MS / 12, hour: HOUR_MS, day: 24 * HOUR_MS, week: 7 * 24 * HOUR_MS } as const;

/** Starts of the periods before one, the newest first; what comes once has none. */
export function periodsBefore(every: Every, period: string, most: number): string[] {
  if (every === 'once') return [];
  const start = Date.parse(period);
  return Array.from({ length: most }, (_, i) => {
    if (every !== 'month') return new Date(start - (i + 1) * lengths[every]).toISOString();
    const there = wallClock(start);
    return new Date(Date.UTC(there.getUTCFullYear(), there.getUTCMonth() - i - 1, 1) - ZONE_AHEAD_MS).toISOString();
  });
}
