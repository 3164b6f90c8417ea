import type { Dictionary, Language } from './dictionary.ts';
import { vi } from './vi.ts';

const loaded = new Map<Language, Dictionary>([['vi', vi]]);

/** Vietnamese comes with the page, English when it is wanted: most never want it, and each kilobyte counts on their lines. */
export async function loadDictionary(language: Language): Promise<void> {
  if (language === 'en' && !loaded.has('en')) loaded.set('en', (await import('./en.ts')).en);
}

/** A loaded dictionary; Vietnamese while the other is not there. */
export const dictionaryOf = (language: Language): Dictionary => loaded.get(language) ?? vi;
