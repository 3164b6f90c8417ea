import { useEffect, useState } from 'react';
import type { Api } from '../api/Api.ts';
import { ApiError, type Turn } from '../api/ApiError.ts';
import { Channel } from '../api/channel/Channel.ts';
import type { Briefing, Person, Session } from '../api/contract.ts';
import { Store } from '../lib/Store.ts';
import type { Devices } from '../livekit/Devices.ts';
import { MediaRoom } from '../livekit/MediaRoom.ts';
import type { BriefingTools } from '../session/BriefingContext.tsx';
import { useOffice } from '../session/OfficeContext.tsx';
import { useStore } from '../ui/useStore.ts';
import { followingRecord } from './followingRecord.ts';
import type { HeldChannel } from './HeldChannel.ts';
import { waitAtDoor } from './waitAtDoor.ts';

type Connection = Pick<BriefingTools, 'media' | 'channel' | 'identity'>;

interface Opened {
  readonly connection?: Connection;
  readonly error?: unknown;
  /** PL16: not let in yet. */
  readonly turn?: Turn | undefined;
  /** PL18: it goes in all the same, since somebody waits for it. */
  readonly wanted?: boolean;
}

/**
 * The identity comes with the first answer of `join`; the order channel opens then, and the page is there before the
 * picture is. Where that answer is a turn, it opens while the page waits; where the page before had one, that goes on until then (CH14).
 */
export function useConnection(
  api: Api,
  session: Session,
  briefing: Briefing,
  devices: Devices,
  sitting: Person | null,
  held: HeldChannel,
): { readonly connection: Connection | undefined; readonly turn: Turn | undefined; readonly wanted: boolean } {
  const { news } = useOffice();
  const [opened] = useState(() => new Store<Opened>({}));
  const [planned] = useState(briefing);
  const { connection, error, turn, wanted = false } = useStore(opened);
  useEffect(() => {
    let channel: Channel | undefined;
    let inside = false;
    const open = (identity: string, as: Briefing): Channel => {
      const auth = { session: session.session, briefing: briefing.id, identity };
      channel ??= held.renew(() => {
        const opened = followingRecord(api, new Channel(auth, as, devices.state));
        opened.on('account.news', ({ act }) => news.set({ heard: [...news.get().heard, act] }));
        return opened;
      });
      channel.follow(() => media.lag.ms);
      return channel;
    };
    const atDoor = () =>
      waitAtDoor({
        standing: () => channel ?? held.standing,
        open: (identity) => open(identity, planned),
        wanted: (isWanted) => {
          opened.set({ wanted: isWanted });
          if (isWanted) media.hurry();
        },
      });
    let door = atDoor();
    const ask = async (not: readonly string[]) => {
      try {
        const answer = await api.join(briefing.id, sitting, not);
        door.close();
        // PL22: a node that dies may put the page there again.
        door = atDoor();
        const { identity } = answer;
        const there = open(identity, answer.briefing);
        if (!inside) opened.set({ connection: { media, channel: there, identity } });
        inside = true;
        return answer;
      } catch (error) {
        if (error instanceof ApiError && error.turn) door.wait(error.turn.identity);
        throw error;
      }
    };
    const media: MediaRoom = new MediaRoom(ask, () => channel?.prove());
    const unsubscribe = media.state.subscribe(() => {
      const { phase, error } = media.state.get();
      if (inside) return;
      if (phase === 'ended') opened.set({ error });
      // While it goes in for a call it shows why.
      else if (error !== undefined || !opened.get().wanted)
        opened.set({ turn: error instanceof ApiError ? error.turn : undefined });
    });
    return () => {
      unsubscribe();
      door.close();
      media.close();
    };
  }, [api, session, briefing.id, planned, devices, sitting, held, opened, news]);
  if (error) throw error;
  return { connection, turn, wanted };
}
