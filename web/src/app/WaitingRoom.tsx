import type { ReactNode } from 'react';
import type { Briefing } from '../api/contract.ts';
import { Agenda } from '../briefing/Agenda.tsx';
import { useText } from '../i18n/useText.tsx';
import { PageHead } from '../session/PageHead.tsx';
import { Support } from '../session/Support.tsx';
import icon from '../ui/icon.svg';
import { useNow } from '../ui/useNow.ts';
import { useWakeLock } from '../ui/useWakeLock.ts';
import { appWords } from './words/app.vi.ts';
import './waitingRoom.css';

interface WaitingRoomProps {
  readonly unit: string;
  readonly briefing: Pick<Briefing, 'title' | 'scheduledAt' | 'agenda'>;
  readonly onCheck: () => void;
  /** The way out, at the end of the header. */
  readonly way?: ReactNode;
  /** What has changed. */
  readonly signs?: ReactNode;
}

/** The device was checked and the doors are not open yet: what is coming, when, and that there is nothing to press. */
export default function WaitingRoom({ unit, briefing, onCheck, way, signs }: WaitingRoomProps) {
  const { t, hour, date, weekday } = useText(appWords);
  useWakeLock();
  const now = useNow();
  const { scheduledAt: at, title } = briefing;
  const minutes = Math.ceil((Date.parse(at) - now) / 60_000);
  return (
    <div className="waiting-room">
      <PageHead name={unit} line={title} way={way} />
      <main className="waiting-main">
        <div className="waiting-lead">
          <img src={icon} alt="" width={72} height={72} />
          <h1>{title}</h1>
          {signs}
          <p className="waiting-start">{t.startsAt(hour(at), weekday(at), date(at))}</p>
          <p className="waiting-clock">
            <span className="soft">{t.now}</span>
            <strong>{hour(new Date(now).toISOString())}</strong>
          </p>
          <p role="status">{minutes > 0 ? t.opensIn(minutes) : t.opensSoon}</p>
          <p className="soft">{t.opensByItself}</p>
          <div className="row">
            <button type="button" className="button" onClick={onCheck}>
              {t.checkAgain}
            </button>
          </div>
          <Support />
        </div>
        <Agenda briefing={briefing} />
      </main>
    </div>
  );
}
