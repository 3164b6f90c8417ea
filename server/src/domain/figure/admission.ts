import { type DomainError, refuse, type Said, tooOften } from '../../protocol/errors.ts';
import type { BatchAnswer } from '../../protocol/figureBatch.ts';
import type { FigureSource, SourceKind } from '../../protocol/figureDefinition.ts';
import { kindOf } from './definitions.ts';
import type { FigureDefinitions } from './facts.ts';

const ANOTHER: Said = {
  vi: 'Đã nhận một lô khác với cùng key này',
  en: 'another batch came in under this key',
};

/** FG6: what was answered under the key. @throws DomainError `conflict` */
export function firstAnswer(
  before: { readonly answer: BatchAnswer; readonly body: string },
  body: string,
): BatchAnswer {
  if (before.body !== body) throw refuse('conflict', ANOTHER);
  return before.answer;
}

/** FG49, FG186 @param ms until another one is looked at */
export const tooManyUnknown = (ms: number): DomainError =>
  tooOften(
    {
      vi: 'Mạng này đã thử quá nhiều khoá không có ở đây',
      en: 'this network has tried too many keys that are unknown here',
    },
    ms,
  );

/** FG41 */
export const noKey = () =>
  refuse('unauthenticated', {
    vi: 'Đây không phải là khoá của một nguồn số liệu, hoặc khoá đã bị thu hồi',
    en: 'this is no key of a source of figures, or it was withdrawn',
  });

/**
 * FG22, FG70: the source as it is on record.
 * @param by how its figures come; undefined: the machine itself reads them in
 * @param isGood whether its key, or the lease under which it was asked, is good at this moment, since its batch may have been on its way for minutes
 * @throws DomainError `unauthenticated`, `conflict`, `forbidden`
 */
export function writingSource(
  { sources }: FigureDefinitions,
  { code, by, isGood }: { readonly code: string; readonly by: SourceKind | undefined; readonly isGood: boolean },
): FigureSource {
  if (!isGood)
    throw by === 'pull'
      ? refuse('conflict', { vi: `Máy chủ khác đang lấy số liệu của ${code}`, en: `another node asks ${code} by now` })
      : noKey();
  const source = sources.get(code);
  if (!source) throw refuse('forbidden', { vi: `Không có nguồn ${code}`, en: `there is no source ${code}` });
  if (by !== undefined && kindOf(source) !== by)
    throw refuse('forbidden', {
      vi: `Nguồn ${code} đưa số liệu vào bằng ${kindOf(source)}, không phải bằng ${by}`,
      en: `${code} brings figures by ${kindOf(source)}, and not by ${by}`,
    });
  return source;
}

/** FG120: nobody else brings an indicator, so that whatever is known of it this source has said. */
export const isAloneIn = (
  indicator: string,
  source: string,
  sources: Iterable<Pick<FigureSource, 'code' | 'indicators'>>,
): boolean => [...sources].every(({ code, indicators }) => code === source || !indicators.includes(indicator));
