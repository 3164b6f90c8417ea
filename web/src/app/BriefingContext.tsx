import { createContext, useContext, useMemo, useSyncExternalStore } from 'react';
import type { Channel, ChannelState } from '../api/Channel.ts';
import type { Call, Hand, Session, Speaker } from '../api/contract.ts';
import type { Api } from '../api/http.ts';
import type { Readable } from '../api/Store.ts';
import type { Devices, DevicesState } from '../livekit/Devices.ts';
import type { MediaRoom } from '../livekit/MediaRoom.ts';
import type { MediaState } from '../livekit/types.ts';

/** What a page of a briefing works with; pages know neither sockets nor rooms. */
export interface BriefingTools {
  readonly session: Session;
  /** LiveKit identity of this device. */
  readonly identity: string;
  readonly api: Pick<Api, 'roster' | 'searchUnits' | 'lists' | 'accounts' | 'issueLink' | 'briefingAct'>;
  readonly channel: { readonly state: Readable<ChannelState> } & Pick<Channel, 'act' | 'on'>;
  readonly media: { readonly state: Readable<MediaState> } & Pick<
    MediaRoom,
    'send' | 'paint' | 'mute' | 'unmuteUnlessByHand' | 'startSound'
  >;
  readonly devices: { readonly state: Readable<DevicesState> } & Pick<Devices, 'open' | 'close' | 'choose' | 'worked'>;
  /** Back to the device check. */
  readonly checkAgain: () => void;
}

export const BriefingContext = createContext<BriefingTools | undefined>(undefined);

export function useTools(): BriefingTools {
  const tools = useContext(BriefingContext);
  if (!tools) throw new Error('useTools needs a BriefingContext above');
  return tools;
}

export const useStore = <S,>(store: Readable<S>): S => useSyncExternalStore(store.subscribe, store.get);
export const useChannel = (): ChannelState => useStore(useTools().channel.state);
export const useMedia = (): MediaState => useStore(useTools().media.state);
export const useDevices = (): DevicesState => useStore(useTools().devices.state);

export interface Mine {
  readonly speaker: Speaker | undefined;
  readonly hand: Hand | undefined;
  /** The accepted call that put this device on stage. */
  readonly call: Call | undefined;
}

/** What the floor says about this device. */
export function useMine(): Mine {
  const { identity } = useTools();
  const { floor } = useChannel();
  return useMemo(
    () => ({
      speaker: floor.speakers.find(({ seat }) => seat.identity === identity),
      hand: floor.hands.find(({ seat }) => seat.identity === identity),
      call: floor.calls.find((call) => call.identity === identity && call.state === 'accepted'),
    }),
    [floor, identity],
  );
}
