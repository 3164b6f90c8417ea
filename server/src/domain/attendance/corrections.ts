import { refuse } from '../../protocol/errors.ts';
import type { NewCorrection } from './ports.ts';

/**
 * AT10: whether a correction is recorded now. The same key again changes nothing. Pure.
 * @param first what was recorded under its key before
 * @throws DomainError `conflict`: that was another correction
 */
export function decideCorrection(wanted: NewCorrection, first: RecordedCorrection | undefined): boolean {
  if (!first) return true;
  const same = (['unit', 'verdict', 'reason', 'account'] as const).every((name) => first[name] === wanted[name]);
  if (!same) throw refuse('conflict', 'this key was used for another correction');
  return false;
}

export type RecordedCorrection = Pick<NewCorrection, 'unit' | 'verdict' | 'reason' | 'account'>;
