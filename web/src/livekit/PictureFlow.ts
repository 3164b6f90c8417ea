import { ConnectionState, type RemoteTrackPublication, type Room, Track } from 'livekit-client';
import type { MediaState } from './types.ts';

/** A picture that is shown here and that the server is to send. */
export interface ShownPicture {
  readonly sid: string;
  /** Frames decoded since its track came; undefined: not known at this moment. */
  frames(): Promise<number | undefined>;
}

interface PictureFlowPorts {
  /** undefined: in no room, as between two nodes. */
  pictures(): readonly ShownPicture[] | undefined;
  changed(state: 'flow' | 'stopped'): void;
}

const LOOK_MS = 500;
/** With the look in which the last frame was seen this is two seconds at most. */
const STOPPED_MS = 1_500;

/**
 * Whether pictures that should move do: a page may not call its line good while nothing new is shown, whatever the cause.
 * One picture that moves is enough, and is asked first; so a look costs one report, however many pictures there are. (PL27)
 */
export class PictureFlow {
  readonly #ports: PictureFlowPorts;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #now: () => number;
  #frames = new Map<string, number>();
  #lastMoved: string | undefined;
  #movedAt: number;
  #state: 'flow' | 'stopped' = 'flow';
  #looking = false;

  /** @param now a clock that never goes back, milliseconds */
  constructor(ports: PictureFlowPorts, now: () => number = () => performance.now()) {
    this.#ports = ports;
    this.#now = now;
    this.#movedAt = now();
    this.#timer = setInterval(() => void this.#look(), LOOK_MS);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      if (await this.#isWell(this.#ports.pictures())) this.#movedAt = this.#now();
      this.#tell(this.#now() - this.#movedAt >= STOPPED_MS ? 'stopped' : 'flow');
    } finally {
      this.#looking = false;
    }
  }

  /** Between two nodes nothing moves, and the next one has to show a picture first; before the first one nothing has stopped. */
  async #isWell(pictures: readonly ShownPicture[] | undefined): Promise<boolean> {
    if (pictures) return pictures.length === 0 || this.#someMoved(pictures);
    // A decoder of the next room counts from 0.
    this.#frames.clear();
    return this.#lastMoved === undefined;
  }

  async #someMoved(pictures: readonly ShownPicture[]): Promise<boolean> {
    const known = new Set(pictures.map(({ sid }) => sid));
    this.#frames = new Map([...this.#frames].filter(([sid]) => known.has(sid)));
    const inOrder = pictures.toSorted((a, b) => Number(b.sid === this.#lastMoved) - Number(a.sid === this.#lastMoved));
    for (const { sid, frames } of inOrder) {
      const now = (await frames().catch(() => undefined)) ?? 0;
      const before = this.#frames.get(sid) ?? 0;
      this.#frames.set(sid, now);
      if (now <= before) continue;
      this.#lastMoved = sid;
      return true;
    }
    return false;
  }

  #tell(state: 'flow' | 'stopped'): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#ports.changed(state);
  }
}

/**
 * Pictures of cameras that this page shows, or waits for. Not among them: what is muted, what the server holds back since it has
 * told that the line is weak, what nobody looks at (adaptive stream), and shared screens, on which nothing may move for a long
 * time. One that is subscribed to and has not come is waited for: its node may be cut off from this one.
 */
export function picturesOf(room: Room | undefined, line: MediaState['line']): readonly ShownPicture[] | undefined {
  if (document.visibilityState === 'hidden') return [];
  // While its session is resumed media may go on.
  if (!room || room.state === ConnectionState.Connecting || room.state === ConnectionState.Disconnected)
    return undefined;
  const cameras = [...room.remoteParticipants.values()].map(
    (person) => person.getTrackPublication(Track.Source.Camera) as RemoteTrackPublication | undefined,
  );
  return cameras.flatMap((camera) => {
    if (!camera || camera.isMuted || !camera.isEnabled || !camera.isDesired) return [];
    const { track, trackSid: sid } = camera;
    if (!track) return [{ sid, frames: async () => undefined }];
    const isHeldForLine = track.streamState === Track.StreamState.Paused && line !== 'good';
    if (isHeldForLine || track.attachedElements.length === 0) return [];
    return [{ sid, frames: async () => decodedIn(await track.getRTCStatsReport()) }];
  });
}

function decodedIn(report: RTCStatsReport | undefined): number | undefined {
  for (const stats of report?.values() ?? []) if (stats.type === 'inbound-rtp') return stats.framesDecoded;
  return undefined;
}
