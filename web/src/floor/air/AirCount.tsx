import { VideoOff, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Speaker } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { Picture } from '../../livekit/mediaElements.tsx';
import { useChannel, useDevices, useTools } from '../../session/BriefingContext.tsx';
import { useAct } from '../../session/useAct.ts';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { useSilenced } from '../useSilenced.ts';
import { airWords } from '../words/air.vi.ts';
import './airCount.css';

const SECONDS = 3;
/** Between two tries, when the server could not be asked. */
const AGAIN_MS = 2_000;

/** FL21: whoever is invited on stage sees it coming, and comes there by this page alone; or says no. */
export default function AirCount({ invited }: { invited: NonNullable<Speaker['invited']> }) {
  const { t } = useText(airWords);
  const { session, media } = useTools();
  const { link, floor } = useChannel();
  const { stream, mirror } = useDevices();
  const { run, pending } = useAct();
  const silenced = useSilenced();
  const announce = useAnnounce();
  const [left, setLeft] = useState(SECONDS);
  const no = useRef<HTMLButtonElement>(null);
  const isOnline = link === 'online';
  const declines = pending.has('stage.decline');
  useEffect(() => no.current?.focus(), []);
  useEffect(() => announce(left > 0 ? t.in(left) : t.now, 'assertive'), [announce, t, left]);
  useEffect(() => {
    if (declines || (left <= 0 && !isOnline)) return;
    const timer = setTimeout(
      () => {
        setLeft(left - 1);
        if (left > 1) return;
        media.askForStage();
        void run('stage.take', {});
      },
      left > 0 ? 1_000 : AGAIN_MS,
    );
    return () => clearTimeout(timer);
  }, [left, declines, isOnline, run, media]);
  const camera = stream?.getVideoTracks().length ? stream : undefined;
  const where = floor.stage ? t.room(floor.stage.name) : t.everybody;
  return (
    <Sheet title={t.title(where)} className="full-sheet air-count">
      <Notice title={t.title(where)} body={t.by(invited.by)} />
      <p className="sheet-unit">{session.account.unit.name}</p>
      <div className="air-count-view on-stage">
        {camera ? <Picture stream={camera} mirrored={mirror} label={t.mine} /> : <VideoOff size={48} aria-hidden />}
        <strong key={left} className="num" aria-hidden>
          {Math.max(left, 0)}
        </strong>
      </div>
      <p>{t.by(invited.by)}</p>
      <p>{silenced ? t.carded : t.notYet}</p>
      <div className="sheet-acts">
        <button
          ref={no}
          type="button"
          className="button big"
          disabled={declines || !isOnline}
          onClick={() => void run('stage.decline', {})}
        >
          <X size={24} aria-hidden />
          {t.no}
        </button>
      </div>
    </Sheet>
  );
}
