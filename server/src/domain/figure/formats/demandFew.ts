import { refuse } from '../../../protocol/errors.ts';

/** @throws DomainError `too-large` */
export function demandFew(rows: number, most: number): void {
  if (rows <= most) return;
  throw refuse('too-large', {
    vi: `Một lô có nhiều nhất ${most} dòng: hãy chia thành nhiều lô`,
    en: `a batch has at most ${most} rows: send several`,
  });
}

/**
 * With records of nothing: a file may have some, and is no file of them.
 * @throws DomainError `too-large`
 */
export const demandShort = (records: number, most: number): void => demandFew(records / 2, most);
