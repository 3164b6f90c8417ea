import { useEffect, useState } from 'react';
import type { Api } from '../api/Api.ts';
import { Channel } from '../api/channel/Channel.ts';
import type { Briefing, Person, Session } from '../api/contract.ts';
import { Store } from '../lib/Store.ts';
import type { Devices } from '../livekit/Devices.ts';
import { MediaRoom } from '../livekit/MediaRoom.ts';
import type { BriefingTools } from '../session/BriefingContext.tsx';
import { useStore } from '../ui/useStore.ts';

type Connection = Pick<BriefingTools, 'media' | 'channel' | 'identity'>;

/**
 * The identity comes with the first answer of `join`; the order channel opens then, and the page is there before the
 * picture is.
 */
export function useConnection(
  api: Api,
  session: Session,
  briefing: Briefing,
  devices: Devices,
  sitting: Person | null,
): Connection | undefined {
  const [opened] = useState(() => new Store<{ connection?: Connection; error?: unknown }>({}));
  const { connection, error } = useStore(opened);
  useEffect(() => {
    let channel: Channel | undefined;
    const ask = async (not?: string) => {
      const answer = await api.join(briefing.id, sitting, not);
      if (!channel) {
        channel = new Channel(
          { session: session.session, briefing: briefing.id, identity: answer.identity },
          answer.briefing,
          devices.state,
        );
        opened.set({ connection: { media, channel, identity: answer.identity } });
      }
      return answer;
    };
    const media: MediaRoom = new MediaRoom(ask, () => channel?.prove());
    const unsubscribe = media.state.subscribe(() => {
      const { phase, error } = media.state.get();
      if (phase === 'ended' && !channel) opened.set({ error });
    });
    return () => {
      unsubscribe();
      media.close();
      channel?.close();
    };
  }, [api, session, briefing.id, devices, sitting, opened]);
  if (error) throw error;
  return connection;
}
