import type { Shape } from '../dictionary.ts';
import { useText } from '../useText.tsx';
import { en } from './roundsEn.ts';
import { vi } from './roundsVi.ts';

/** The words of roll-call at the desks of officials, in the person's language. */
export const useRoundText = (): Shape<typeof vi> => (useText().language === 'en' ? en : vi);
