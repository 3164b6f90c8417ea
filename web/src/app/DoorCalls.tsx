import { Phone } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Api } from '../api/Api.ts';
import { ApiError } from '../api/ApiError.ts';
import { Channel } from '../api/channel/Channel.ts';
import type { Briefing, Call, Session } from '../api/contract.ts';
import { floorWords } from '../floor/words/floor.vi.ts';
import { useText } from '../i18n/useText.tsx';
import { fullJitter } from '../lib/jitter.ts';
import type { Devices } from '../livekit/Devices.ts';
import { RollCallPrompt } from '../rollcall/seat/RollCallPrompt.tsx';
import { Notice } from '../ui/Notice.tsx';
import { ring } from '../ui/ringTone.ts';
import { Sheet } from '../ui/Sheet.tsx';
import { useStore } from '../ui/useStore.ts';
import { followingRecord } from './followingRecord.ts';
import type { HeldChannel } from './HeldChannel.ts';
import { appWords } from './words/app.vi.ts';

interface DoorCallsProps {
  readonly api: Api;
  readonly session: Session;
  readonly briefing: Briefing;
  readonly devices: Devices;
  readonly held: HeldChannel;
  readonly onEnter: () => void;
  /** Told whether this device has a place on stage, where it is on air as soon as it enters [FL57]. */
  readonly onPlace: (isKept: boolean) => void;
}

/**
 * While a unit checks its devices it has the order channel already: it is at the door, is asked in roll-calls, and
 * hears that it is called.
 */
export default function DoorCalls({ api, session, briefing, devices, held, onEnter, onPlace }: DoorCallsProps) {
  const channel = useDoorChannel(api, session, briefing, devices, held);
  if (!channel) return null;
  return (
    <>
      <RollCallPrompt channel={channel} unit={session.account.unit.name} onEnter={onEnter} />
      <CallAtDoor channel={channel} onEnter={onEnter} />
      <KeptPlace channel={channel} onPlace={onPlace} />
    </>
  );
}

function KeptPlace({ channel, onPlace }: { channel: Channel } & Pick<DoorCallsProps, 'onPlace'>) {
  const { speakers } = useStore(channel.state).floor;
  const isKept = speakers.some(({ place, seat }) => place !== 'green' && seat.identity === channel.identity);
  useEffect(() => {
    onPlace(isKept);
    return () => onPlace(false);
  }, [isKept, onPlace]);
  return null;
}

/** It rings here too, but is answered inside, where the picture is. */
function CallAtDoor({ channel, onEnter }: { channel: Channel; onEnter: () => void }) {
  const call = useStore(channel.state).ring;
  return call && <CallSheetAtDoor key={call.id} call={call} onEnter={onEnter} />;
}

function CallSheetAtDoor({ call, onEnter }: { call: Call; onEnter: () => void }) {
  const { t } = useText(floorWords);
  const { t: entry } = useText(appWords);
  useEffect(() => ring(), []);
  return (
    <Sheet title={t.call.from(call.caller.name)} className="full-sheet">
      <Notice title={t.call.title} body={`${call.unitName}. ${t.call.from(call.caller.name)}`} />
      <p className="sheet-unit">{call.unitName}</p>
      <p className="call-explain">{t.call.atDoor}</p>
      <div className="sheet-acts">
        {/* biome-ignore lint/a11y/noAutofocus: a call that rings is what there is to do */}
        <button type="button" className="button primary big" autoFocus onClick={onEnter}>
          <Phone size={24} aria-hidden />
          {entry.join}
        </button>
      </div>
    </Sheet>
  );
}

function useDoorChannel(
  api: Api,
  session: Session,
  now: Briefing,
  devices: Devices,
  held: HeldChannel,
): Channel | undefined {
  // Whoever comes back from the room to check their devices has it already.
  const [channel, setChannel] = useState(held.standing);
  const [planned] = useState(now);
  const { id: briefing } = now;
  useEffect(() => {
    if (held.standing) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stopped = false;
    const knock = async () => {
      try {
        const { identity, briefing: joined } = await api.join(briefing);
        return { identity, joined };
      } catch (error) {
        // PL18: it is not its turn yet, but it is known here.
        const identity = error instanceof ApiError ? error.turn?.identity : undefined;
        if (identity === undefined) throw error;
        return { identity, joined: planned };
      }
    };
    const open = async (attempt: number): Promise<void> => {
      try {
        const { identity, joined } = await knock();
        if (stopped) return;
        setChannel(
          held.renew(() =>
            followingRecord(api, new Channel({ session: session.session, briefing, identity }, joined, devices.state)),
          ),
        );
      } catch {
        // Entering says why it is refused; here it is only tried again, also while the doors are not open yet.
        if (!stopped) timer = setTimeout(() => void open(attempt + 1), 1000 + fullJitter(attempt + QUIET_TRIES));
      }
    };
    void open(0);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [api, session, briefing, planned, devices, held]);
  return channel;
}

/** At the door nobody waits for the channel: it is tried at ease from the beginning. */
const QUIET_TRIES = 20;
