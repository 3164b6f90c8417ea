import { createContext, useContext } from 'react';
import type { Api } from '../api/Api.ts';
import type { Channel } from '../api/channel/Channel.ts';
import type { ChannelState } from '../api/channel/ChannelState.ts';
import type { Session } from '../api/contract.ts';
import type { Readable } from '../lib/Store.ts';
import type { Devices, DevicesState } from '../livekit/Devices.ts';
import type { MediaRoom } from '../livekit/MediaRoom.ts';
import type { MediaState } from '../livekit/types.ts';
import { useStore } from '../ui/useStore.ts';

/** What a page of a briefing works with; pages know neither sockets nor rooms. */
export interface BriefingTools {
  readonly session: Session;
  /** LiveKit identity of this device. */
  readonly identity: string;
  readonly api: Pick<
    Api,
    'roster' | 'searchUnits' | 'lists' | 'accounts' | 'issueLink' | 'setDisabled' | 'briefingAct'
  >;
  readonly channel: { readonly state: Readable<ChannelState> } & Pick<Channel, 'act' | 'on' | 'heardAt'>;
  readonly media: { readonly state: Readable<MediaState> } & Pick<
    MediaRoom,
    'send' | 'share' | 'paint' | 'mute' | 'holdAt' | 'askForStage' | 'unmuteUnlessByHand' | 'startSound'
  >;
  readonly devices: { readonly state: Readable<DevicesState> } & Pick<
    Devices,
    'open' | 'retry' | 'close' | 'choose' | 'worked' | 'turnMirror' | 'blurBackground'
  >;
  /** Back to the device check. */
  readonly checkAgain: () => void;
}

export const BriefingContext = createContext<BriefingTools | undefined>(undefined);

export function useTools(): BriefingTools {
  const tools = useContext(BriefingContext);
  if (!tools) throw new Error('useTools needs a BriefingContext above');
  return tools;
}

export const useChannel = (): ChannelState => useStore(useTools().channel.state);
export const useMedia = (): MediaState => useStore(useTools().media.state);
export const useDevices = (): DevicesState => useStore(useTools().devices.state);
