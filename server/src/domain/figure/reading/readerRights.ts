import { type DomainError, refuse, type Said } from '../../../protocol/errors.ts';
import type { Indicator } from '../../../protocol/figureDefinition.ts';
import type { FigureReaderKey } from '../../../protocol/figureReading.ts';
import { READER_DAYS } from '../../../protocol/limits.ts';
import type { UnitPath } from '../../../protocol/organisation.ts';
import { noIndicator } from '../../shared/rights.ts';
import { isBelow } from '../../shared/territory.ts';

const DAY_MS = 86_400_000;

type Seen = Pick<Indicator, 'code' | 'seenBy'>;

/** FG92: a key reads as a leader of its territory would, who sits as deep as that does. */
const isHighEnough = ({ seenBy }: Seen, root: UnitPath): boolean =>
  seenBy === undefined || root.split('.').length <= seenBy;

const ENDED: Said = { vi: 'Địa bàn của khoá này không còn', en: 'the territory of this key is no more' };
const OUTSIDE: Said = {
  vi: 'Đơn vị nằm ngoài địa bàn của khoá này',
  en: 'this lies outside the territory of this key',
};
const noLonger = (code: string): DomainError =>
  refuse('forbidden', { vi: `Khoá này không còn được đọc ${code}`, en: `this key does not read ${code} any more` });
const over = (until: string): DomainError =>
  refuse('unauthenticated', {
    vi: `Khoá này đã hết hạn lúc ${until}`,
    en: `this key was good until ${until}`,
  });

/** FG187: a code that is not of the key is answered alike, whether there is such an indicator or not. */
export const unread = (code: string) =>
  refuse('forbidden', { vi: `Khoá này không được đọc ${code}`, en: `this key does not read ${code}` });

/**
 * FG187: what a key may read, and where; the one place that decides it.
 * @param root path of the key's territory; undefined: there is no such unit any more
 * @throws DomainError `forbidden`, `outside-territory`
 */
export function demandKeyReads(
  { indicators }: Pick<FigureReaderKey, 'indicators'>,
  { root, indicator, unit }: { root: UnitPath | undefined; indicator: Seen; unit: UnitPath },
): void {
  if (!indicators.includes(indicator.code)) throw unread(indicator.code);
  if (root === undefined) throw refuse('forbidden', ENDED);
  if (!isHighEnough(indicator, root)) throw noLonger(indicator.code);
  if (unit !== root && !isBelow(unit, root)) throw refuse('outside-territory', OUTSIDE);
}

/**
 * FG185: whether such a key may be made.
 * @throws DomainError `not-found`, `forbidden`, `bad-request`
 */
export function demandGrantable(
  { indicators, until }: Pick<FigureReaderKey, 'indicators' | 'until'>,
  defined: ReadonlyMap<string, Seen>,
  { root, now }: { root: UnitPath; now: number },
): void {
  for (const code of indicators) {
    const indicator = defined.get(code);
    if (!indicator) throw noIndicator(code);
    if (!isHighEnough(indicator, root))
      throw refuse('forbidden', {
        vi: `Chỉ lãnh đạo của ${indicator.seenBy} cấp trên cùng được xem ${code}; ở đây thì không`,
        en: `${code} is seen by leaders of ${indicator.seenBy} tiers from the root, and not there`,
      });
  }
  const ahead = Date.parse(until) - now;
  if (ahead <= 0)
    throw refuse('bad-request', {
      vi: 'Hạn của khoá phải ở sau thời điểm này',
      en: 'a key ends at a moment that is to come',
    });
  if (ahead > READER_DAYS * DAY_MS)
    throw refuse('bad-request', {
      vi: `Một khoá đọc được tối đa ${READER_DAYS} ngày`,
      en: `a key reads for ${READER_DAYS} days at most`,
    });
}

/** FG185: whether a key is good at this moment. @throws DomainError `unauthenticated` */
export function demandGood(key: { readonly until: string; readonly withdrawn: boolean }, now: number): void {
  if (key.withdrawn) throw refuse('unauthenticated', { vi: 'Khoá này đã bị thu hồi', en: 'this key was withdrawn' });
  if (Date.parse(key.until) <= now) throw over(key.until);
}

/** FG185: what a code has once named it names for ever. */
export const codeTaken = (code: string) =>
  refuse('conflict', {
    vi: `${code} đang, hoặc đã, là mã của một khoá khác; mỗi khoá có mã riêng`,
    en: `${code} is, or was, another key; each has a code of its own`,
  });
