import type { Kind } from './equipment.ts';

/** What a picture or a sound needs to be shown; LiveKit's tracks have it. */
export interface Attachable {
  attach(element: HTMLMediaElement): unknown;
  detach(element: HTMLMediaElement): unknown;
  readonly mediaStreamTrack?: MediaStreamTrack;
}

export interface Person {
  readonly identity: string;
  readonly camera: Attachable | undefined;
  readonly microphone: Attachable | undefined;
  /** What they share beside their face. */
  readonly screen: Attachable | undefined;
  /** The picture exists, but the server holds it back since the line carries none. */
  readonly paused: boolean;
  readonly cameraMuted: boolean;
  readonly microphoneMuted: boolean;
  readonly speaking: boolean;
}

export interface MediaState {
  /**
   * joining: first time. reconnecting: kept by the library. rejoining: the room ended, the page asks for a node again.
   */
  readonly phase: 'joining' | 'connected' | 'reconnecting' | 'rejoining' | 'ended';
  /** Why it ended for good. */
  readonly ended: 'removed' | 'closed' | 'replaced' | 'refused' | undefined;
  readonly error: unknown;
  /** What the server measured for this device. */
  readonly line: 'good' | 'weak' | 'lost';
  /** `stopped`: pictures are on stage here, and for 1.5 to 2 seconds none of them has had a new frame. (PL27) */
  readonly pictures: 'flow' | 'stopped';
  /** Everyone whose picture or sound reaches this device, and this device itself. */
  readonly people: ReadonlyMap<string, Person>;
  readonly me: string | undefined;
  readonly mayPublish: boolean;
  /** This device may share a screen now, and its browser can. */
  readonly mayShare: boolean;
  readonly sharing: 'off' | 'starting' | 'on' | 'failed';
  readonly sending: 'off' | 'starting' | 'on' | 'failed';
  /** FL22: what waits for a press before it is sent. */
  readonly held: readonly Kind[];
  readonly soundBlocked: boolean;
}

/** 720p at 30 frames in three layers, or 360p at 15 in two for weak uplinks and old computers. */
export type Capture = 'standard' | 'light';
