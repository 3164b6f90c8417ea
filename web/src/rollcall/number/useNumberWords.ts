import type { AskedNumber } from '../../api/contract.ts';
import { useFormats } from '../../i18n/useText.tsx';
import { sayEnglish } from './sayEnglish.ts';
import { sayVietnamese } from './sayVietnamese.ts';

/** How steps of what is asked for are written, and spoken. */
export function useNumberWords({ scale }: Pick<AskedNumber, 'scale'>) {
  const { steps, language } = useFormats();
  return {
    write: (value: number): string => steps(value, scale),
    say: (value: number): string => (language === 'vi' ? sayVietnamese(value, scale) : sayEnglish(value, scale)),
  };
}
