import type { ReactNode } from 'react';
import type { Briefing } from '../api/contract.ts';
import { Agenda } from '../briefing/Agenda.tsx';
import { LevelMeter } from '../briefing/check/LevelMeter.tsx';
import { MirrorSwitch, type Mirrors } from '../briefing/MirrorSwitch.tsx';
import { useText } from '../i18n/useText.tsx';
import { Picture } from '../livekit/mediaElements.tsx';
import { PageHead } from '../session/PageHead.tsx';
import { Support } from '../session/Support.tsx';
import icon from '../ui/icon.svg';
import { useNow } from '../ui/useNow.ts';
import { useStore } from '../ui/useStore.ts';
import { useWakeLock } from '../ui/useWakeLock.ts';
import { appWords } from './words/app.vi.ts';
import { waitingWords } from './words/waiting.vi.ts';
import './waitingRoom.css';

interface WaitingRoomProps {
  readonly unit: string;
  readonly briefing: Pick<Briefing, 'title' | 'scheduledAt' | 'agenda' | 'rehearsal'>;
  /** As the check has left them; nothing is opened here. */
  readonly devices: Mirrors;
  /** A unit: what it may be asked. */
  readonly isAsked: boolean;
  readonly onCheck: () => void;
  /** The way out, at the end of the header. */
  readonly way?: ReactNode;
  /** What has changed. */
  readonly signs?: ReactNode;
}

/** The device was checked and the doors are not open yet: what is coming, when, and that there is nothing to press. */
export default function WaitingRoom({ unit, briefing, devices, isAsked, onCheck, way, signs }: WaitingRoomProps) {
  const { t, hour, date, weekday } = useText(appWords);
  const { t: asked } = useText(waitingWords);
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
        <div className="waiting-beside">
          <OwnView devices={devices} />
          <Agenda briefing={briefing} />
          {isAsked && (
            <section>
              <h2>{asked.title}</h2>
              <ul className="waiting-asked">
                {/* No directive is given in a rehearsal. (RH1) */}
                {asked.what.slice(0, briefing.rehearsal ? -1 : undefined).map(([what, how]) => (
                  <li key={what}>
                    <strong>{what}</strong> {how}
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
      </main>
    </div>
  );
}

/** What this computer's camera and microphone give, for nobody else: a hair, a dark room and a muted key are seen in time. */
function OwnView({ devices }: Pick<WaitingRoomProps, 'devices'>) {
  const { t } = useText(waitingWords);
  const { stream, mirror } = useStore(devices.state);
  if (!stream) return null;
  return (
    <section className="waiting-own" aria-label={t.own}>
      {stream.getVideoTracks().length > 0 && (
        <div className="waiting-view on-stage">
          <Picture stream={stream} mirrored={mirror} label={t.own} />
          <MirrorSwitch devices={devices} />
        </div>
      )}
      {stream.getAudioTracks().length > 0 && <LevelMeter stream={stream} onHeard={nothing} />}
      <p className="soft">{t.ownNote}</p>
    </section>
  );
}

/** Here the bar alone speaks. */
const nothing = (): void => undefined;
