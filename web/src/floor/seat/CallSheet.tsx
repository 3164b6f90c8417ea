import { Phone, VideoOff } from 'lucide-react';
import { type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import type { Call } from '../../api/contract.ts';
import { checkWords } from '../../briefing/words/check.vi.ts';
import { useText } from '../../i18n/useText.tsx';
import { Picture } from '../../livekit/mediaElements.tsx';
import { useChannel, useDevices, useTools } from '../../session/BriefingContext.tsx';
import { useAct } from '../../session/useAct.ts';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { lazyRetried } from '../../ui/lazyRetried.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ring } from '../../ui/ringTone.ts';
import { Sheet } from '../../ui/Sheet.tsx';
import { useNow } from '../../ui/useNow.ts';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { useWouldBeDrawn } from '../stage/useScene.ts';
import { useSilenced } from '../useSilenced.ts';
import { floorWords } from '../words/floor.vi.ts';
import { Lacking } from './Lacking.tsx';
import { sendsOf } from './ownStateOf.ts';
import { useOwnSending } from './useOwnSending.ts';
import './callSheet.css';

// Most calls are answered.
const CallRefusal = lazyRetried(() => import('./CallRefusal.tsx'));

/** Over everything, with sound, until it is answered, refused or over. Enter answers. @param props.about why they call */
export function CallSheet({ call, about }: { call: Call; about: ReactNode }) {
  const { t } = useText(floorWords);
  const { t: check } = useText(checkWords);
  const { t: ui } = useText(uiWords);
  const { clockOffset } = useChannel();
  const { devices } = useTools();
  const { stream, phase, asks, mirror } = useDevices();
  const { run, pending } = useAct();
  const announce = useAnnounce();
  const [refusing, setRefusing] = useState(false);
  const accept = useRef<HTMLButtonElement>(null);
  const now = useNow(clockOffset);
  // Clocks are compared to some milliseconds: it begins with no second more than there is.
  const begun = Math.max(now, Date.parse(call.ringingAt));
  const left = Math.max(0, Math.ceil((Date.parse(call.deadline) - begun) / 1000));
  const accepting = pending.has('call.accept');
  const { open } = useOwnSending();
  const camera = open.includes('camera') ? stream : undefined;
  const opening = phase === 'opening' || phase === 'closed';
  const drawn = useWouldBeDrawn();
  const silenced = useSilenced();
  const sends = sendsOf(open);
  const heard = sends === 'both' || sends === 'voice';
  const explanation = silenced
    ? t.call.carded
    : opening
      ? t.call.explain.opening
      : drawn
        ? t.call.explain[sends]
        : t.call.unseen[heard ? 'heard' : 'silent'];

  useEffect(() => {
    void devices.open();
    return ring();
  }, [devices]);
  useEffect(() => {
    announce(t.announceCall(call.caller.name), 'assertive');
  }, [announce, call.caller.name, t]);
  useEffect(() => {
    if (!refusing) accept.current?.focus();
  }, [refusing]);

  return (
    <Sheet title={t.call.from(call.caller.name)} className="full-sheet call-sheet">
      <Notice title={t.call.title} body={`${call.unitName}. ${t.call.from(call.caller.name)}`} />
      {refusing ? (
        <Suspense fallback={<p className="soft">{ui.loading}</p>}>
          <CallRefusal call={call} onBack={() => setRefusing(false)} />
        </Suspense>
      ) : (
        <>
          <p className="sheet-unit">{call.unitName}</p>
          {about}
          <div className="call-preview on-stage">
            {camera ? (
              <>
                <Picture stream={camera} mirrored={mirror} label={t.call.preview} />
                <span className="call-whose" aria-hidden>
                  {t.myPicture}
                </span>
              </>
            ) : (
              <div className="tile-note">
                <VideoOff size={32} aria-hidden />
                <p>
                  {opening
                    ? check[asks ? 'cameraAsk' : 'cameraWait']
                    : open.length > 0
                      ? t.call.noPicture
                      : t.call.nothing}
                </p>
              </div>
            )}
          </div>
          <Lacking />
          <p className="call-explain">{explanation}</p>
          <div className="sheet-acts">
            <button
              ref={accept}
              type="button"
              className="button go big"
              disabled={accepting}
              onClick={() => void run('call.accept', { call: call.id })}
            >
              <Phone size={24} aria-hidden />
              {accepting ? t.call.accepting : t.call.accept}
            </button>
            <button type="button" className="button" disabled={accepting} onClick={() => setRefusing(true)}>
              {t.call.refuse}
            </button>
          </div>
          <p className="sheet-left">
            {t.call.left}: <strong className="num">{ui.seconds(left)}</strong>
          </p>
        </>
      )}
    </Sheet>
  );
}
