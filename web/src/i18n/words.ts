export type Language = 'vi' | 'en';

/** The shape of words: texts stay texts, functions keep their arguments. */
export type Shape<T> = {
  [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...a: infer A) => string
      ? (...a: A) => string
      : Shape<T[K]>;
};

/** The words of one part of the page, in both languages. */
export interface Words<T> {
  /** Vietnamese, the first language, while the other is not there. */
  in(language: Language): Shape<T>;
  /** Brings English. */
  load(): Promise<void>;
}

/** Whose code is on this page. */
const known = new Set<Words<unknown>>();
let wanted: Language = 'vi';

/**
 * Vietnamese comes with the code that speaks it, English when it is wanted: most never want it, and each kilobyte
 * counts on their lines. The keys of the Vietnamese words are the type of the English ones.
 */
export function defineWords<T>(vi: T, loadEnglish: () => Promise<{ en: Shape<T> }>): Words<T> {
  let en: Shape<T> | undefined;
  const words: Words<T> = {
    // A text is a text in its own shape.
    in: (language) => (language === 'en' && en ? en : (vi as Shape<T>)),
    load: async () => {
      en ??= (await loadEnglish()).en;
    },
  };
  known.add(words);
  return words;
}

/** Brings the words of all code on this page in a language. */
export async function loadWords(language: Language): Promise<void> {
  wanted = language;
  if (language === 'en') await Promise.all([...known].map((words) => words.load()));
}

/** After more code came: its words, in the language that is read now. */
export const loadNewWords = (): Promise<void> => loadWords(wanted);
