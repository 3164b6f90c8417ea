import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { TextProvider } from '../i18n/useText.tsx';
import { type Language, loadWords } from '../i18n/words.ts';

export type Theme = 'light' | 'dark';
interface Preferences {
  readonly language: Language;
  readonly theme: Theme;
  setLanguage(language: Language): void;
  setTheme(theme: Theme): void;
  /** For as long as nobody has chosen one here. */
  suggestTheme(theme: Theme): void;
}
const PreferencesContext = createContext<Preferences | undefined>(undefined);

/** Language and theme, remembered on this computer. Vietnamese is first; the theme follows the system until chosen. */
export function PreferencesProvider({
  children,
  initial,
}: {
  children: ReactNode;
  initial?: { language: Language; theme: Theme };
}) {
  const [language, setLanguage] = useState<Language>(() => initial?.language ?? keptLanguage());
  const [theme, setTheme] = useState<Theme>(() => initial?.theme ?? themeAtStart());
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  const preferences = useMemo<Preferences>(
    () => ({
      language,
      theme,
      setLanguage: (next) => {
        remember('dh.language', next);
        loadWords(next).then(
          () => setLanguage(next),
          // Without a line the words cannot come: the page stays as it is, and the next try loads them.
          () => undefined,
        );
      },
      setTheme: (next) => {
        remember('dh.theme', next);
        setTheme(next);
      },
      suggestTheme: (next) => {
        if (!initial && !keptTheme()) setTheme(next);
      },
    }),
    [language, theme, initial],
  );
  return (
    <PreferencesContext value={preferences}>
      <TextProvider language={language}>{children}</TextProvider>
    </PreferencesContext>
  );
}

/** The language that was chosen on this computer. */
export const keptLanguage = (): Language => (recall('dh.language') === 'en' ? 'en' : 'vi');

export function usePreferences(): Preferences {
  const preferences = useContext(PreferencesContext);
  if (!preferences) throw new Error('usePreferences needs a PreferencesProvider above');
  return preferences;
}

/** A page that is made for one theme is shown in it until somebody here wants the other. */
export function useThemeUntilChosen(theme: Theme): void {
  const { suggestTheme } = usePreferences();
  useEffect(() => suggestTheme(theme), [suggestTheme, theme]);
}

const keptTheme = (): Theme | undefined => {
  const kept = recall('dh.theme');
  return kept === 'dark' || kept === 'light' ? kept : undefined;
};

const themeAtStart = (): Theme =>
  keptTheme() ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

function recall(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}
