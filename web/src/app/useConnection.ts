import { useEffect, useState } from 'react';
import type { Api } from '../api/Api.ts';
import { ApiError, type Turn } from '../api/ApiError.ts';
import { Channel } from '../api/channel/Channel.ts';
import type { Briefing, Person, Session } from '../api/contract.ts';
import { Store } from '../lib/Store.ts';
import type { Devices } from '../livekit/Devices.ts';
import { MediaRoom } from '../livekit/MediaRoom.ts';
import type { BriefingTools } from '../session/BriefingContext.tsx';
import { useStore } from '../ui/useStore.ts';

type Connection = Pick<BriefingTools, 'media' | 'channel' | 'identity'>;

interface Opened {
  readonly connection?: Connection;
  readonly error?: unknown;
  /** PL16: not let in yet. */
  readonly turn?: Turn | undefined;
}

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
): { readonly connection: Connection | undefined; readonly turn: Turn | undefined } {
  const [opened] = useState(() => new Store<Opened>({}));
  const { connection, error, turn } = useStore(opened);
  useEffect(() => {
    let channel: Channel | undefined;
    const ask = async (not: readonly string[]) => {
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
      if (channel) return;
      if (phase === 'ended') opened.set({ error });
      else opened.set({ turn: error instanceof ApiError ? error.turn : undefined });
    });
    return () => {
      unsubscribe();
      media.close();
      channel?.close();
    };
  }, [api, session, briefing.id, devices, sitting, opened]);
  if (error) throw error;
  return { connection, turn };
}
