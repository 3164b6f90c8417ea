import { useText } from '../../i18n/useText.tsx';
import { figureDeskWords } from '../words/desk.vi.ts';
import './simulated.css';

/** FG33: on every page with figures that somebody made up. */
export function Simulated() {
  const { t } = useText(figureDeskWords);
  return <strong className="figure-simulated">{t.simulated}</strong>;
}
