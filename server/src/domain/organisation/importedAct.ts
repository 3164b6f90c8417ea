import type { UnitCode } from '../../protocol/organisation.ts';
import type { PeopleAct } from '../../protocol/people.ts';
import type { RosterCounts } from '../../protocol/rosterImport.ts';
import type { RosterChange, RosterNow } from './roster.ts';

/** IM3: what a change from a file is on record, in the page and on the command line. @param plan its hash */
export const importedAct = (file: string, plan: string, { along: _, ...counts }: RosterCounts): PeopleAct => ({
  act: 'roster.imported',
  file,
  plan,
  ...counts,
});

/** The unit that the whole tree is of, which may come with the change itself. */
export const rootOf = (now: RosterNow, change: RosterChange): UnitCode | undefined =>
  [...now.versions, ...change.added].find(({ parent }) => parent === null)?.code;
