import type { Every } from '../api/contract.ts';
import type { Formats } from '../i18n/formats.ts';
import { periodText, startBefore } from './periodText.ts';
import type { StagedWords } from './words/staged.vi.ts';

/** FG126, FG128: what stands beside a value in place of a coverage. @param end of a period before, of which the value is */
export function announcedText(
  as: 'announced' | 'unannounced',
  { every, end }: { readonly every: Every; readonly end: string | undefined },
  t: Pick<StagedWords, 'announced' | 'announcedBefore' | 'unannounced' | 'period'>,
  formats: Formats,
): string {
  if (as === 'unannounced') return t.unannounced;
  if (end === undefined) return t.announced;
  return t.announcedBefore(periodText(every, startBefore(every, end), t.period, formats));
}
