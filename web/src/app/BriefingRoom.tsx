import { CircleCheck, LoaderCircle, MonitorX, UserX } from 'lucide-react';
import { Suspense, useEffect, useMemo, useState } from 'react';
import type { Api } from '../api/Api.ts';
import { Channel } from '../api/channel/Channel.ts';
import type { Briefing, Session } from '../api/contract.ts';
import { briefingWords } from '../briefing/words/briefing.vi.ts';
import { LobbyDirectives } from '../directive/seat/DoorDirectives.tsx';
import { useText } from '../i18n/useText.tsx';
import { Store } from '../lib/Store.ts';
import type { Devices } from '../livekit/Devices.ts';
import { MediaRoom } from '../livekit/MediaRoom.ts';
import { SeatPage } from '../pages/seat/SeatPage.tsx';
import { BriefingContext, type BriefingTools } from '../session/BriefingContext.tsx';
import { useOffice } from '../session/OfficeContext.tsx';
import { lazyRetried } from '../ui/lazyRetried.ts';
import { Message } from '../ui/Message.tsx';
import { useStore } from '../ui/useStore.ts';
import { uiWords } from '../ui/words/ui.vi.ts';
import { Refused } from './Refused.tsx';
import { appWords } from './words/app.vi.ts';

// Tables, trees and combo boxes are for the desks of officials: communes never load them.
const PrincipalPage = lazyRetried(() => import('../pages/principal/PrincipalPage.tsx'));
const ModeratorPage = lazyRetried(() => import('../pages/moderator/ModeratorPage.tsx'));
const OfficePage = lazyRetried(() => import('../pages/office/OfficePage.tsx'));

interface BriefingRoomProps {
  readonly api: Api;
  readonly session: Session;
  readonly briefing: Briefing;
  readonly devices: Devices;
  readonly checkAgain: () => void;
  readonly onSessionEnded: () => void;
}

/** Opens media room and order channel, and closes both when the page leaves; raising `round` enters anew. */
export default function BriefingRoom(props: BriefingRoomProps) {
  const [round, setRound] = useState(0);
  return <Entered key={round} {...props} onAgain={() => setRound(round + 1)} />;
}

function Entered({
  api,
  session,
  briefing,
  devices,
  checkAgain,
  onSessionEnded,
  onAgain,
}: BriefingRoomProps & { onAgain: () => void }) {
  const connection = useConnection(api, session, briefing);
  const tools = useMemo<BriefingTools | undefined>(
    () => connection && { session, api, devices, checkAgain, ...connection },
    [session, api, devices, checkAgain, connection],
  );
  const { t } = useText(briefingWords);
  const { t: ui } = useText(uiWords);
  if (!connection || !tools) return <Message icon={LoaderCircle} title={t.lineState.joining} />;
  return (
    <BriefingContext value={tools}>
      <Ended media={tools.media} channel={tools.channel} onAgain={onAgain} onSessionEnded={onSessionEnded}>
        <Suspense fallback={<Message icon={LoaderCircle} title={ui.loading} />}>
          {session.account.role === 'principal' ? (
            <PrincipalPage />
          ) : session.account.role === 'seat' ? (
            <SeatPage />
          ) : (
            <ModeratorPage />
          )}
        </Suspense>
      </Ended>
    </BriefingContext>
  );
}

type Connection = Pick<BriefingTools, 'media' | 'channel' | 'identity'>;

/**
 * The identity comes with the first answer of `join`; the order channel opens then, and the page is there before the
 * picture is.
 */
function useConnection(api: Api, session: Session, briefing: Briefing): Connection | undefined {
  const [opened] = useState(() => new Store<{ connection?: Connection; error?: unknown }>({}));
  const { connection, error } = useStore(opened);
  useEffect(() => {
    let channel: Channel | undefined;
    const media: MediaRoom = new MediaRoom(async () => {
      const answer = await api.join(briefing.id);
      if (!channel) {
        channel = new Channel(
          { session: session.session, briefing: briefing.id, identity: answer.identity },
          answer.briefing,
        );
        opened.set({ connection: { media, channel, identity: answer.identity } });
      }
      return answer;
    });
    const unsubscribe = media.state.subscribe(() => {
      const { phase, error } = media.state.get();
      if (phase === 'ended' && !channel) opened.set({ error });
    });
    return () => {
      unsubscribe();
      media.close();
      channel?.close();
    };
  }, [api, session, briefing.id, opened]);
  if (error) throw error;
  return connection;
}

interface EndedProps {
  readonly media: BriefingTools['media'];
  readonly channel: BriefingTools['channel'];
  readonly onAgain: () => void;
  readonly onSessionEnded: () => void;
  readonly children: React.ReactNode;
}

/** What stands in place of the page once this device is out of the briefing. */
function Ended({ media, channel, onAgain, onSessionEnded, children }: EndedProps) {
  const { t } = useText(appWords);
  const { t: ui } = useText(uiWords);
  const { ended, error } = useStore(media.state);
  const { farewell, briefing, refusal } = useStore(channel.state);
  const { session } = useOffice();
  if (farewell === 'removed' || ended === 'removed')
    return <Message icon={UserX} title={t.removed} body={t.removedBody} />;
  if (farewell === 'briefing-closed' || ended === 'closed' || briefing.state === 'closed')
    return session.account.role === 'principal' || session.account.role === 'moderator' ? (
      <Suspense fallback={<Message icon={LoaderCircle} title={ui.loading} />}>
        <OfficePage ended={briefing} />
      </Suspense>
    ) : (
      <>
        <Message icon={CircleCheck} title={t.closed} body={t.closedBody} />
        <LobbyDirectives />
      </>
    );
  if (farewell === 'replaced' || ended === 'replaced')
    return (
      <Message icon={MonitorX} title={t.replaced} body={t.replacedBody}>
        <button type="button" className="button primary" onClick={onAgain}>
          {t.useHere}
        </button>
      </Message>
    );
  if (farewell === 'session-ended')
    return (
      <Message icon={MonitorX} title={t.sessionEnded} body={t.sessionEndedBody}>
        <button type="button" className="button" onClick={onSessionEnded}>
          {t.signIn}
        </button>
      </Message>
    );
  if (ended === 'refused' || refusal) return <Refused error={error ?? refusal} />;
  return children;
}
