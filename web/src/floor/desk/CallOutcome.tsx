import { PhoneOff } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Call } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useChannel } from '../../session/BriefingContext.tsx';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { floorDeskWords } from '../words/desk.vi.ts';
import { type FloorWords, floorWords } from '../words/floor.vi.ts';

/** Long enough to be read twice. The list of calls keeps it. */
const STAYS_MS = 12_000;

/** How the last call ended: a quiet line that goes by itself, and is read aloud once. */
export function CallOutcome({ shown }: { shown: boolean }) {
  const { t } = useText(floorDeskWords);
  const { t: floorText } = useText(floorWords);
  const { lastCall } = useChannel();
  const announce = useAnnounce();
  // What ended before this page was there is old news.
  const told = useRef(lastCall?.id);
  const [fresh, setFresh] = useState<Call>();
  useEffect(() => {
    if (!lastCall || told.current === lastCall.id) return;
    told.current = lastCall.id;
    announce(t.lastCall(lastCall.unitName, outcomeOf(lastCall, floorText)));
    setFresh(lastCall);
  }, [lastCall, announce, t, floorText]);
  useEffect(() => {
    if (!fresh) return;
    const timer = setTimeout(() => setFresh(undefined), STAYS_MS);
    return () => clearTimeout(timer);
  }, [fresh]);
  if (!shown || !fresh) return null;
  return (
    <p className="call-outcome">
      <PhoneOff size={18} aria-hidden />
      <span>{t.lastCall(fresh.unitName, outcomeOf(fresh, floorText))}</span>
    </p>
  );
}

/** `Chưa thể trả lời (Lãnh đạo đi vắng)` */
export function outcomeOf(call: Call, t: FloorWords): string {
  const state = t.call.state[call.state];
  if (call.state !== 'refused' || !call.why) return state;
  const offered = t.call.refusals as Readonly<Record<string, string>>;
  return `${state} (${offered[call.why] ?? call.why})`;
}
