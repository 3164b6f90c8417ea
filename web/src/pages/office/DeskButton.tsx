import { ClipboardList } from 'lucide-react';
import { useDeskText } from '../../i18n/desk/useDeskText.ts';

/** Opens and closes the desk, in the header of a page. */
export function DeskButton({ open, onPress }: { open: boolean; onPress: () => void }) {
  const d = useDeskText();
  return (
    <button
      type="button"
      className="button quiet small desk-button"
      data-on={open}
      aria-expanded={open}
      aria-label={d.open}
      onClick={onPress}
    >
      <ClipboardList size={20} aria-hidden />
      <span className="wide">{d.open}</span>
    </button>
  );
}
