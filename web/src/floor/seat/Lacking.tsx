import { CircleAlert } from 'lucide-react';
import { useText } from '../../i18n/useText.tsx';
import { useDevices, useTools } from '../../session/BriefingContext.tsx';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { floorWords } from '../words/floor.vi.ts';
import { lackingOf } from './ownStateOf.ts';
import './lacking.css';

/** What of camera and microphone can't be used, why, and what helps. It goes by itself when it is there. */
export function Lacking() {
  const { t } = useText(floorWords);
  const { t: ui } = useText(uiWords);
  const { devices } = useTools();
  const { equipment, phase } = useDevices();
  const lacking = phase === 'opening' || phase === 'closed' ? [] : lackingOf(equipment);
  if (lacking.length === 0) return null;
  return (
    <div className="note warn lacking">
      <CircleAlert size={22} aria-hidden />
      <div>
        {lacking.map(({ what, why }) => (
          <p key={what}>
            <strong>{t.lackTitle[what]}</strong> {t.lack[why](t.lackWhat[what])}
          </p>
        ))}
      </div>
      <button type="button" className="button" onClick={() => void devices.retry()}>
        {ui.retry}
      </button>
    </div>
  );
}
