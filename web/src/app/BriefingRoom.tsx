import { LoaderCircle } from 'lucide-react';
import { Suspense, useMemo, useState } from 'react';
import type { Api } from '../api/Api.ts';
import type { Briefing, Person, Session } from '../api/contract.ts';
import { RehearsalSign } from '../briefing/RehearsalSign.tsx';
import { briefingWords } from '../briefing/words/briefing.vi.ts';
import { AirInvitation } from '../floor/air/AirInvitation.tsx';
import { useText } from '../i18n/useText.tsx';
import type { Devices } from '../livekit/Devices.ts';
import { SeatPage } from '../pages/seat/SeatPage.tsx';
import { BriefingContext, type BriefingTools } from '../session/BriefingContext.tsx';
import { lazyRetried } from '../ui/lazyRetried.tsx';
import { Message } from '../ui/Message.tsx';
import { ShortcutsProvider } from '../ui/Shortcuts.tsx';
import { useWakeLock } from '../ui/useWakeLock.ts';
import { uiWords } from '../ui/words/ui.vi.ts';
import type { HeldChannel } from './HeldChannel.ts';
import { OutOfBriefing } from './OutOfBriefing.tsx';
import { useConnection } from './useConnection.ts';
import { useTellConnects } from './useTellConnects.ts';

// Tables, trees and combo boxes are for the desks of officials: communes never load them.
const PrincipalPage = lazyRetried(() => import('../pages/principal/PrincipalPage.tsx'));
const ModeratorPage = lazyRetried(() => import('../pages/moderator/ModeratorPage.tsx'));
// Only where more come at once than can be let in.
const TurnRoom = lazyRetried(async () => ({ default: (await import('./TurnRoom.tsx')).TurnRoom }));

interface BriefingRoomProps {
  readonly api: Api;
  readonly session: Session;
  readonly briefing: Briefing;
  readonly devices: Devices;
  /** PS2 */
  readonly sitting: Person | null;
  readonly held: HeldChannel;
  readonly checkAgain: () => void;
  readonly onSessionEnded: () => void;
}

/** Opens media room and order channel, and closes the first when the page leaves; raising `round` enters anew. */
export default function BriefingRoom(props: BriefingRoomProps) {
  const [round, setRound] = useState(0);
  return <Entered key={round} {...props} onAgain={() => setRound(round + 1)} />;
}

function Entered({
  api,
  session,
  briefing,
  devices,
  sitting,
  held,
  checkAgain,
  onSessionEnded,
  onAgain,
}: BriefingRoomProps & { onAgain: () => void }) {
  const { connection, turn, wanted } = useConnection(api, session, briefing, devices, sitting, held);
  const tools = useMemo<BriefingTools | undefined>(
    () => connection && { session, api, devices, checkAgain, ...connection },
    [session, api, devices, checkAgain, connection],
  );
  useTellConnects(connection?.channel);
  useWakeLock();
  const { t } = useText(briefingWords);
  const { t: ui } = useText(uiWords);
  if (!connection && turn)
    return (
      <>
        <RehearsalSign rehearsal={briefing.rehearsal} />
        <Suspense fallback={<Message icon={LoaderCircle} title={t.lineState.joining} />}>
          <TurnRoom unit={session.account.unit.name} title={briefing.title} turn={turn} wanted={wanted} />
        </Suspense>
      </>
    );
  if (!connection || !tools) return <Message icon={LoaderCircle} title={t.lineState.joining} />;
  return (
    <BriefingContext value={tools}>
      <ShortcutsProvider>
        <OutOfBriefing media={tools.media} channel={tools.channel} onAgain={onAgain} onSessionEnded={onSessionEnded}>
          <Suspense fallback={<Message icon={LoaderCircle} title={ui.loading} />}>
            {session.account.role === 'principal' ? (
              <PrincipalPage />
            ) : session.account.role === 'seat' ? (
              <SeatPage />
            ) : (
              <ModeratorPage />
            )}
          </Suspense>
          <AirInvitation />
        </OutOfBriefing>
      </ShortcutsProvider>
    </BriefingContext>
  );
}
