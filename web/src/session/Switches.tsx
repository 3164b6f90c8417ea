import { Moon, Sun } from 'lucide-react';
import { useText } from '../i18n/useText.tsx';
import { usePreferences } from './preferences.tsx';
import { sessionWords } from './words/session.vi.ts';

/** Language and theme, at the end of every header. */
export function Switches() {
  const { language, setLanguage, theme, setTheme } = usePreferences();
  const { t } = useText(sessionWords);
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <div className="row switches">
      <button
        type="button"
        className="button quiet icon"
        lang={language === 'vi' ? 'en' : 'vi'}
        aria-label={t.switchLanguage}
        title={t.switchLanguage}
        onClick={() => setLanguage(language === 'vi' ? 'en' : 'vi')}
      >
        {language === 'vi' ? 'EN' : 'VI'}
      </button>
      <button
        type="button"
        className="button quiet icon wide"
        aria-label={t.theme[other]}
        title={t.theme[other]}
        onClick={() => setTheme(other)}
      >
        {theme === 'dark' ? <Sun size={20} aria-hidden /> : <Moon size={20} aria-hidden />}
      </button>
    </div>
  );
}
