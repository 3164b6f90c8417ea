import type { SaidOfUnit } from '../../api/contract.ts';

type Word = Pick<
  SaidOfUnit['words'][number],
  'source' | 'revision' | 'value' | 'counts' | 'rejected' | 'contested' | 'ownContest'
>;

/**
 * FG16: what a unit may do about a value of itself: contest what counts, or withdraw that. Not while its source has said
 * something newer that is held: it is decided on that first. @param said all that sources say of the same
 */
export function contestOn(word: Word, said: readonly Word[]): 'contest' | 'withdraw' | undefined {
  const { source, revision, value, counts, contested, ownContest } = word;
  const isReplaced = said.some((one) => one.source === source && one.revision > revision && !one.rejected);
  if (!counts || value === null || isReplaced) return undefined;
  if (contested) return ownContest ? 'withdraw' : undefined;
  return 'contest';
}
