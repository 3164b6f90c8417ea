import { refuse } from '../../../protocol/errors.ts';

/** @throws DomainError `too-large` */
export function demandFew(rows: number, most: number): void {
  if (rows > most) throw refuse('too-large', `a batch has at most ${most} rows: send several`);
}

/**
 * With records of nothing: a file may have some, and is no file of them.
 * @throws DomainError `too-large`
 */
export const demandShort = (records: number, most: number): void => demandFew(records / 2, most);
