import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { createFormats, type Formats } from './formats.ts';
import type { Language, Shape, Words } from './words.ts';

/** Words and formats in the person's language. */
export interface Text<T> extends Formats {
  readonly t: Shape<T>;
}

const FormatsContext = createContext<Formats | undefined>(undefined);

export function TextProvider({ language, children }: { language: Language; children: ReactNode }) {
  const formats = useMemo(() => createFormats(language), [language]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return <FormatsContext value={formats}>{children}</FormatsContext>;
}

export function useFormats(): Formats {
  const formats = useContext(FormatsContext);
  if (!formats) throw new Error('useFormats needs a TextProvider above');
  return formats;
}

/** The one way to words. @param words of the slice, from its `words/` */
export function useText<T>(words: Words<T>): Text<T> {
  const formats = useFormats();
  const t = words.in(formats.language);
  return useMemo(() => ({ ...formats, t }), [formats, t]);
}

/** Words that go to others, in a language that is theirs; Vietnamese until that is here. */
export function useWordsIn<T>(words: Words<T>, language: Language): Shape<T> {
  const [, setLoaded] = useState<Language>();
  useEffect(() => {
    if (language === 'en')
      words.load().then(
        () => setLoaded(language),
        () => undefined,
      );
  }, [words, language]);
  return words.in(language);
}
