import type { Shape } from '../dictionary.ts';
import { useText } from '../useText.tsx';
import { en } from './en.ts';
import { vi } from './vi.ts';

export type DeskDictionary = Shape<typeof vi>;

/** The words of the desks, in the person's language. */
export const useDeskText = (): DeskDictionary => (useText().language === 'en' ? en : vi);
