import { Phone, VideoOff } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Call } from '../../api/contract.ts';
import { callRefusals } from '../../api/contract.ts';
import { checkWords } from '../../briefing/words/check.vi.ts';
import { useText } from '../../i18n/useText.tsx';
import { Picture } from '../../livekit/mediaElements.tsx';
import { useChannel, useDevices, useTools } from '../../session/BriefingContext.tsx';
import { useAct } from '../../session/useAct.ts';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { ring } from '../../ui/ringTone.ts';
import { Sheet } from '../../ui/Sheet.tsx';
import { useNow } from '../../ui/useNow.ts';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { floorWords } from '../words/floor.vi.ts';
import './callSheet.css';

/** Over everything, with sound, until it is answered, refused or over. Enter answers. */
export function CallSheet({ call }: { call: Call }) {
  const { t } = useText(floorWords);
  const { t: check } = useText(checkWords);
  const { t: ui } = useText(uiWords);
  const { clockOffset } = useChannel();
  const { devices } = useTools();
  const { stream, phase } = useDevices();
  const { run, pending } = useAct();
  const announce = useAnnounce();
  const [refusing, setRefusing] = useState(false);
  const accept = useRef<HTMLButtonElement>(null);
  const now = useNow(clockOffset);
  const left = Math.max(0, Math.ceil((Date.parse(call.deadline) - now) / 1000));
  const accepting = pending.has('call.accept');
  const camera = stream?.getVideoTracks().length ? stream : undefined;

  useEffect(() => {
    void devices.open();
    return ring();
  }, [devices]);
  useEffect(() => {
    announce(t.announceCall(call.caller.name), 'assertive');
    const title = document.title;
    const blink = setInterval(() => {
      document.title = document.title === title ? `● ${t.call.title}` : title;
    }, 1000);
    return () => {
      clearInterval(blink);
      document.title = title;
    };
  }, [announce, call.caller.name, t]);
  useEffect(() => {
    if (!refusing) accept.current?.focus();
  }, [refusing]);

  return (
    <Sheet title={t.call.from(call.caller.name)} className="full-sheet">
      {refusing ? (
        <Refusal call={call} onBack={() => setRefusing(false)} />
      ) : (
        <>
          <p className="sheet-unit">{call.unitName}</p>
          <div className="call-preview on-stage">
            {camera ? (
              <Picture stream={camera} mirrored label={t.call.preview} />
            ) : (
              <div className="tile-note">
                <VideoOff size={32} aria-hidden />
                <p>{phase === 'opening' ? check.cameraWait : t.call.noCamera}</p>
              </div>
            )}
          </div>
          <p className="call-explain">{t.call.explain}</p>
          <div className="sheet-acts">
            <button
              ref={accept}
              type="button"
              className="button primary big"
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

function Refusal({ call, onBack }: { call: Call; onBack: () => void }) {
  const { t } = useText(floorWords);
  const { t: ui } = useText(uiWords);
  const { run, pending } = useAct();
  const [why, setWhy] = useState<string>(callRefusals[0]);
  const [text, setText] = useState('');
  const other = why === 'other';
  const send = (event: FormEvent): void => {
    event.preventDefault();
    void run('call.refuse', { call: call.id, why: other ? text.trim() : why });
  };
  return (
    <form className="refusal" onSubmit={send}>
      <fieldset>
        <legend>{t.call.refuseTitle}</legend>
        {callRefusals.map((reason, i) => (
          <label key={reason} className="choice">
            <input
              type="radio"
              name="why"
              checked={why === reason}
              // biome-ignore lint/a11y/noAutofocus: the step before had the focus, and is gone
              autoFocus={i === 0}
              onChange={() => setWhy(reason)}
            />
            {t.call.refusals[reason]}
          </label>
        ))}
        <label className="choice">
          <input type="radio" name="why" checked={other} onChange={() => setWhy('other')} />
          {t.call.other}
        </label>
      </fieldset>
      {other && (
        <div className="field">
          <label htmlFor="why-text">{t.call.otherHint}</label>
          <input
            id="why-text"
            className="input"
            maxLength={300}
            value={text}
            onChange={(e) => setText(e.target.value)}
          />
        </div>
      )}
      <div className="acts">
        <button type="button" className="button" onClick={onBack}>
          {ui.back}
        </button>
        <button
          type="submit"
          className="button primary"
          disabled={pending.has('call.refuse') || (other && !text.trim())}
        >
          {pending.has('call.refuse') ? t.sending : t.call.send}
        </button>
      </div>
    </form>
  );
}
