import { BellRing } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../../i18n/useText.tsx';
import { mayAskForNotices } from '../../ui/Notice.tsx';
import { checkWords } from '../words/check.vi.ts';

/** Asked for by a press of their own: a browser's question that comes by itself is refused, and then for ever. */
export function NoticeCheck() {
  const { t } = useText(checkWords);
  const [ask, setAsk] = useState(mayAskForNotices);
  if (!ask) return null;
  const allow = async (): Promise<void> => {
    await Notification.requestPermission();
    setAsk(mayAskForNotices());
  };
  return (
    <section className="panel">
      <h2>
        <BellRing size={22} aria-hidden /> {t.notices}
      </h2>
      <p>{t.noticesHint}</p>
      <button type="button" className="button small" onClick={() => void allow()}>
        {t.noticesAllow}
      </button>
    </section>
  );
}
