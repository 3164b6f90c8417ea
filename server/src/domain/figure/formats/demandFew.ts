import { refuse } from '../../../protocol/errors.ts';
import { BATCH_ROWS } from '../../../protocol/limits.ts';

/** @throws DomainError `too-large` */
export function demandFew(rows: number): void {
  if (rows > BATCH_ROWS) throw refuse('too-large', `a batch has at most ${BATCH_ROWS} rows: send several`);
}

/**
 * With records of nothing: a file may have some, and is no file of them.
 * @throws DomainError `too-large`
 */
export const demandShort = (records: number): void => demandFew(records / 2);
