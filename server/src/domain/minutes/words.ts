import type { Language } from '../../protocol/briefing.ts';
import { minutesEn } from './minutesEn.ts';
import { minutesVi } from './minutesVi.ts';
import type { MinutesWords } from './wordsShape.ts';

export const minutesWords: Readonly<Record<Language, MinutesWords>> = { vi: minutesVi, en: minutesEn };
