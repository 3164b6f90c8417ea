import { Keyboard } from 'lucide-react';
import { useText } from '../i18n/useText.tsx';
import { useShortcutSwitch } from '../ui/Shortcuts.tsx';
import { sessionWords } from './words/session.vi.ts';

/** Whether single keys act, in the header of every page that has some. (KP1) */
export function ShortcutSwitch() {
  const { t } = useText(sessionWords);
  const { on, turn } = useShortcutSwitch();
  return (
    <button
      type="button"
      className="button quiet icon wide"
      aria-label={t.shortcuts}
      aria-pressed={on}
      title={on ? t.shortcutsOn : t.shortcutsOff}
      data-on={on}
      onClick={turn}
    >
      <Keyboard size={20} aria-hidden />
    </button>
  );
}
