import { Phone, PhoneOff } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Call } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useChannel } from '../../session/BriefingContext.tsx';
import { useAct } from '../../session/useAct.ts';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { useNow } from '../../ui/useNow.ts';
import { floorDeskWords } from '../words/desk.vi.ts';
import { type FloorWords, floorWords } from '../words/floor.vi.ts';
import './runningCalls.css';

/** The calls that ring or run, with the seconds; and how the last one ended. */
export function RunningCalls() {
  const { t } = useText(floorDeskWords);
  const { t: floorText } = useText(floorWords);
  const { floor, lastCall } = useChannel();
  const announce = useAnnounce();
  const outcome = lastCall && outcomeOf(lastCall, floorText);
  const told = useRef<string>(undefined);
  useEffect(() => {
    if (!lastCall || told.current === lastCall.id) return;
    told.current = lastCall.id;
    announce(t.lastCall(lastCall.unitName, outcomeOf(lastCall, floorText)));
  }, [lastCall, announce, t, floorText]);
  if (floor.calls.length > 0)
    return (
      <div className="calls">
        {floor.calls.map((call) => (
          <RunningCall key={call.id} call={call} />
        ))}
      </div>
    );
  if (!lastCall || lastCall.state === 'ended' || lastCall.state === 'accepted') return null;
  return (
    <div className="running-call over">
      <PhoneOff size={20} aria-hidden />
      <p className="grow">{t.lastCall(lastCall.unitName, outcome ?? '')}</p>
    </div>
  );
}

function RunningCall({ call }: { call: Call }) {
  const { t } = useText(floorDeskWords);
  const { t: floorText } = useText(floorWords);
  const { clockOffset } = useChannel();
  const { run, pending } = useAct();
  const now = useNow(clockOffset);
  const seconds = (to: number): number => Math.max(0, Math.floor((to - Date.parse(call.ringingAt)) / 1000));
  const ringing = call.state === 'ringing';
  const answered = call.answeredAt ? seconds(Date.parse(call.answeredAt)) : undefined;
  return (
    <div className={`running-call ${call.state}`}>
      <Phone size={20} aria-hidden />
      <p className="grow" role="status">
        <strong>{ringing ? t.ringing(call.unitName) : t.talking(call.unitName)}</strong>
        <span className="soft num">
          {ringing ? t.ringingFor(seconds(now)) : answered !== undefined && floorText.call.answeredIn(answered)}
        </span>
      </p>
      {ringing ? (
        <button
          type="button"
          className="button"
          disabled={pending.has('call.cancel')}
          onClick={() => void run('call.cancel', { call: call.id })}
        >
          {t.cancelCall}
        </button>
      ) : (
        <button
          type="button"
          className="button danger"
          disabled={pending.has('call.end')}
          onClick={() => void run('call.end', { call: call.id })}
        >
          <PhoneOff size={18} aria-hidden />
          {t.release}
        </button>
      )}
    </div>
  );
}

/** `Chưa thể trả lời (Lãnh đạo đi vắng)` */
export function outcomeOf(call: Call, t: FloorWords): string {
  const state = t.call.state[call.state];
  if (call.state !== 'refused' || !call.why) return state;
  const offered = t.call.refusals as Readonly<Record<string, string>>;
  return `${state} (${offered[call.why] ?? call.why})`;
}
