import { Phone, PhoneOff, TriangleAlert, WifiOff } from 'lucide-react';
import { type Call, inLine, type Seat } from '../../api/contract.ts';
import { clock } from '../../i18n/formats.ts';
import { useText } from '../../i18n/useText.tsx';
import { equipmentLine, isWhole } from '../../organisation/equipmentLine.ts';
import { equipmentWords } from '../../organisation/words/equipment.vi.ts';
import { useChannel } from '../../session/BriefingContext.tsx';
import { useAct } from '../../session/useAct.ts';
import { useNow } from '../../ui/useNow.ts';
import { useSilenced } from '../useSilenced.ts';
import { floorDeskWords } from '../words/desk.vi.ts';
import { CallOutcome } from './CallOutcome.tsx';
import { SpeakerTime } from './SpeakerTime.tsx';
import { useMayEnd } from './useMayEnd.ts';
import './runningCalls.css';

/** The calls that ring or run, with the time and what the called have left of theirs (FL39); and for some seconds how the last one ended. */
export function RunningCalls() {
  const { floor } = useChannel();
  return (
    <div className="calls">
      {floor.calls.map((call) => (
        <RunningCall key={call.id} call={call} />
      ))}
      <CallOutcome shown={floor.calls.length === 0} />
    </div>
  );
}

function RunningCall({ call }: { call: Call }) {
  const { t } = useText(floorDeskWords);
  const { clockOffset, floor } = useChannel();
  const { run, pending } = useAct();
  const now = useNow(clockOffset);
  const ringing = call.state === 'ringing';
  const since = now - Date.parse(call.answeredAt ?? call.ringingAt);
  const speaker = floor.speakers.find((s) => s.call === call.id);
  // FL23: nobody is talked with meanwhile, so no clock runs.
  const isLost = speaker?.place === 'holding';
  // PN36: behind a card neither hears the other.
  const isCarded = useSilenced() && !ringing && !isLost;
  const mayEnd = useMayEnd(call);
  const [title, body] = ringing
    ? [t.ringing, t.ringingFor(Math.max(0, Math.floor(since / 1000)))]
    : isLost
      ? [t.lost, t.waitsBack]
      : isCarded
        ? [t.carded, t.cardedBody]
        : [t.talking, clock(since)];
  return (
    <div className={`running-call ${isLost ? 'lost' : call.state}`}>
      {isLost ? <WifiOff size={20} aria-hidden /> : <Phone size={20} aria-hidden />}
      <p className="grow">
        <strong role="status">{title(inLine(call.unitName))}</strong>
        <span className="soft num">{body}</span>
        {speaker && <Lacks equipment={speaker.seat.equipment} />}
      </p>
      {speaker && <SpeakerTime speaker={speaker} />}
      {!mayEnd ? (
        <span className="soft">{t.theirCall(call.caller.name)}</span>
      ) : ringing ? (
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

/** Why there is no picture, or no sound, before anybody asks. */
function Lacks({ equipment }: { equipment: Seat['equipment'] }) {
  const { t } = useText(equipmentWords);
  if (!equipment || isWhole(equipment)) return null;
  return (
    <span className="lacks" role="status">
      <TriangleAlert size={16} aria-hidden /> {equipmentLine(equipment, t)}
    </span>
  );
}
