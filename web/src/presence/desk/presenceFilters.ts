import type { LineQuality, PresenceState } from '../../api/contract.ts';

export const presenceFilters = ['all', 'here', 'absent', 'weak', 'never'] as const;
export type PresenceFilter = (typeof presenceFilters)[number];

const queries: Readonly<Record<PresenceFilter, { states?: PresenceState[]; line?: LineQuality }>> = {
  all: {},
  here: { states: ['here'] },
  absent: { states: ['door', 'gone', 'never'] },
  weak: { states: ['here'], line: 'weak' },
  never: { states: ['never'] },
};

/** What to ask `presence.list` for. */
export const queryOf = (filter: PresenceFilter) => queries[filter];
