import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react';
import type { Dictionary, Language } from './dictionary.ts';
import { dictionaryOf } from './load.ts';

export interface Text {
  readonly t: Dictionary;
  readonly language: Language;
  /** 12.345 in Vietnamese, 12,345 in English. */
  number(value: number): string;
  /** 09:41:07, the second counts for what is on record. */
  time(iso: string): string;
  /** Date and hour, for what is planned. */
  day(iso: string): string;
}

const locales: Readonly<Record<Language, string>> = { vi: 'vi-VN', en: 'en-GB' };

const TextContext = createContext<Text | undefined>(undefined);

export function TextProvider({ language, children }: { language: Language; children: ReactNode }) {
  const text = useMemo(() => createText(language), [language]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return <TextContext value={text}>{children}</TextContext>;
}

export function useText(): Text {
  const text = useContext(TextContext);
  if (!text) throw new Error('useText needs a TextProvider above');
  return text;
}

function createText(language: Language): Text {
  const locale = locales[language];
  const numbers = new Intl.NumberFormat(locale);
  const times = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hour12: false,
  });
  const days = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
    day: 'numeric',
    month: 'numeric',
    year: 'numeric',
  });
  return {
    t: dictionaryOf(language),
    language,
    number: (value) => numbers.format(value),
    time: (iso) => times.format(new Date(iso)),
    day: (iso) => days.format(new Date(iso)),
  };
}

/** `00:41:07` */
export function elapsed(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
}
