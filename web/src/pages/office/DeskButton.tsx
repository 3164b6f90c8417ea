import { ClipboardList } from 'lucide-react';
import { useText } from '../../i18n/useText.tsx';
import { officeWords } from './words/office.vi.ts';

/** Opens and closes the desk, in the header of a page. */
export function DeskButton({ open, onPress }: { open: boolean; onPress: () => void }) {
  const { t: office } = useText(officeWords);
  return (
    <button
      type="button"
      className="button quiet small desk-button"
      data-on={open}
      data-way="desk"
      aria-expanded={open}
      aria-label={office.open}
      onClick={onPress}
    >
      <ClipboardList size={20} aria-hidden />
      <span className="wide">{office.open}</span>
    </button>
  );
}
