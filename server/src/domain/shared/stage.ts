import type { EventEmitter } from 'node:events';
import type { UnitPath } from '../../protocol/organisation.ts';
import type { StageMap } from './stages.ts';

/**
 * Where a device stands in the live room of a briefing. audience: may publish nothing. green: may publish, is seen by
 * officials, and kept ready, paused, at everybody else. stage: on air.
 */
export type StagePlace = 'audience' | 'green' | 'stage';

/**
 * Given by the floor, kept by the hall and applied again at each (re)connect, whether or not the device is there now.
 */
export interface StageOrder {
  readonly identity: string;
  readonly place: StagePlace;
  /** Hard mute at the SFU. */
  readonly muted: boolean;
  /** TR4: on the stage of this unit; absent: on the briefing's own. */
  readonly stage?: UnitPath | undefined;
}

/** One connection of a device to the room of a briefing, which is named by the briefing's id. */
export interface StageParticipant {
  readonly room: string;
  readonly identity: string;
  /** Another one at each full reconnect. */
  readonly sid: string;
  /** From the token (`participantAttributes`). */
  readonly attributes: Readonly<Record<string, string>>;
}

/** LiveKit's connection quality of a participant. */
export type ConnectionQuality = 'excellent' | 'good' | 'poor' | 'lost';

/**
 * What a participant sends more of than `sfu-config` allows: tracks, layers of one, bytes of descriptions, bit/s in all.
 */
export type Excess = 'tracks' | 'layers' | 'sdp' | 'bitrate';

/** PN11: what is forwarded of a camera at most. */
export interface PictureCap {
  /** So many of its layers, from the lowest; 0: nothing of it. */
  readonly layers: number;
  /** Only every other frame. */
  readonly halfFrames?: boolean;
}

/** PN11: caps of those on stage by their identity; whoever is not in it has none. */
export type Framing = ReadonlyMap<string, PictureCap>;

/** Those who are connected now, for one who begins to look. */
export type PresentParticipant = StageParticipant & { readonly active: boolean; readonly quality: ConnectionQuality };

/** What the floor orders of live rooms. Every method is safe for rooms and identities that are not there. */
export interface StageControl {
  /**
   * Makes or reopens the room of a briefing, with all its orders; idempotent.
   * @param stages which there are, and who is shown which
   */
  openBriefing(room: string, stages: StageMap, orders: readonly StageOrder[]): void;
  /** TR2: from now on who is shown which stage follows from this. Cuts are pauses and resumes; nobody is waited for. */
  arrange(room: string, stages: StageMap): void;
  /** Places one device; resolves when the SFU has it (its tracks on air, or closed). */
  order(room: string, order: StageOrder): Promise<void>;
  /** How much of the pictures on stage is forwarded from now on; forgotten with the room. */
  frame(room: string, framing: Framing): void;
  /**
   * Whether a card silences the briefing's own stage: sound of everybody there is muted at the SFU, and stays off after the
   * card until each of them turns it on. (PN15)
   */
  silence(room: string, silent: boolean): void;
  /** Puts out one identity, with `Leave{PARTICIPANT_REMOVED}`. */
  remove(room: string, identity: string): Promise<void>;
  /** Tells one identity to join anew: what it may be and see has changed. */
  rejoin(room: string, identity: string): Promise<void>;
  /** Ends the room: everyone gets `Leave{ROOM_DELETED}`. */
  closeBriefing(room: string): Promise<void>;
  participants(room: string): readonly PresentParticipant[];
}

/** What live rooms tell of their participants. */
export interface StageEvents {
  /** Media is connected (LiveKit ACTIVE). */
  active: [StageParticipant];
  /** The line of a participant dropped (socket or media); they may come back within the grace. */
  lineLost: [StageParticipant];
  lineBack: [StageParticipant];
  left: [StageParticipant & { readonly reason: string }];
  quality: [StageParticipant & { readonly quality: ConnectionQuality }];
  /** They began or ceased to speak. */
  speaking: [StageParticipant & { readonly speaking: boolean }];
  /** They began or ceased to share a screen. */
  sharing: [StageParticipant & { readonly sharing: boolean }];
  /** They were refused that much, or put out for it. */
  excess: [StageParticipant & { readonly what: Excess }];
}

/** The live rooms of briefings, as floor, presence and through it attendance see them. The hall implements it. */
export interface Stage extends EventEmitter<StageEvents>, StageControl {}
