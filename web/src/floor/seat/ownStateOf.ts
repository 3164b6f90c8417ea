import type { EquipmentState, Hand, Speaker } from '../../api/contract.ts';
import type { Kind } from '../../livekit/equipment.ts';
import type { MediaState } from '../../livekit/types.ts';

/** What reaches those who may see and hear this device. */
export type Sends = 'both' | 'voice' | 'picture' | 'none';

/** What a device is just now. Each says what is so, and no more. */
export type OwnState =
  | { readonly kind: 'listening' }
  | { readonly kind: 'hand'; readonly hand: Hand }
  /** Camera and microphone open, or their tracks are on the way. */
  | { readonly kind: 'starting' }
  /** There is something to send, and it does not go out. */
  | { readonly kind: 'failed' }
  /** On stage, while the line of this device is down. */
  | { readonly kind: 'holding' }
  /** On stage, while a card is shown to everybody and nobody is heard. (PN15) */
  | { readonly kind: 'silenced' }
  | { readonly kind: 'hard-muted'; readonly sends: Sends }
  /** FL21: asked on stage while nothing is sent yet, or after they said no. */
  | { readonly kind: 'asked'; readonly declined: boolean }
  | { readonly kind: 'green'; readonly checked: boolean; readonly sends: Sends }
  | {
      readonly kind: 'air';
      readonly sends: Sends;
      readonly off: readonly Kind[];
      /** What all see has this device in it: its picture, or its name in place of one. */
      readonly drawn: boolean;
    };

export interface OwnFacts {
  readonly speaker: Speaker | undefined;
  readonly hand: Hand | undefined;
  readonly sending: MediaState['sending'];
  readonly phase: 'closed' | 'opening' | 'open' | 'failed';
  /** What is open. */
  readonly open: readonly Kind[];
  /** Of what is open: turned off by hand. */
  readonly off: readonly Kind[];
  /** PN5: the scene shows this device, when it is on stage. */
  readonly drawn: boolean;
  /** A card silences the stage on which this device stands. (PN15) */
  readonly silenced: boolean;
}

export function ownStateOf({ speaker, hand, sending, phase, open, off, drawn, silenced }: OwnFacts): OwnState {
  if (!speaker) return hand ? { kind: 'hand', hand } : { kind: 'listening' };
  if (speaker.place === 'holding') return { kind: 'holding' };
  if (
    speaker.place === 'green' &&
    speaker.invited &&
    (speaker.invited.declined || speaker.invited.at === speaker.since)
  )
    return { kind: 'asked', declined: speaker.invited.declined };
  if (speaker.place === 'stage' && silenced) return { kind: 'silenced' };
  if (open.length === 0 && phase !== 'failed') return { kind: 'starting' };
  if (open.length > 0 && sending === 'failed') return { kind: 'failed' };
  if (open.length > 0 && sending !== 'on') return { kind: 'starting' };
  const sends = sendsOf(open.filter((kind) => !off.includes(kind) && !(kind === 'microphone' && speaker.muted)));
  if (speaker.muted && !speaker.silenced && open.includes('microphone')) return { kind: 'hard-muted', sends };
  if (speaker.place === 'green') return { kind: 'green', checked: speaker.checked, sends };
  return { kind: 'air', sends, off: open.filter((kind) => off.includes(kind)), drawn };
}

/** While picture and sound have no way, only what is on record, or said by the server, is still so. */
export const isSo = ({ kind }: OwnState, connected: boolean): boolean =>
  connected || kind === 'hand' || kind === 'holding' || kind === 'asked';

export function sendsOf(kinds: readonly Kind[]): Sends {
  if (kinds.length === 2) return 'both';
  if (kinds.length === 0) return 'none';
  return kinds[0] === 'microphone' ? 'voice' : 'picture';
}

/** Camera and microphone that can't be used, by why, those with the same reason together. */
export function lackingOf(
  equipment: Readonly<Record<Kind, EquipmentState>>,
): readonly { readonly what: Kind | 'both'; readonly why: Exclude<EquipmentState, 'ready'> }[] {
  const { camera, microphone } = equipment;
  if (camera === microphone) return camera === 'ready' ? [] : [{ what: 'both', why: camera }];
  return (['camera', 'microphone'] as const).flatMap((what) => {
    const why = equipment[what];
    return why === 'ready' ? [] : [{ what, why }];
  });
}
