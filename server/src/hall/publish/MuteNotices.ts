import { type Patience, patience } from '../../lib/patience.ts';

/** How long the client has to say that it has muted a track before it is told again, ms. */
const ANSWER_MS = 1_000;
/** How often it is told. A client that never answers is no louder for it: its track is muted at the SFU. */
const MOST = 10;

/**
 * Tells a client that a track of its own is muted until it says so itself. livekit-client ignores that message for a
 * track whose offer is not yet answered for it (`LocalParticipant.setupEngine`, 2.23), and would go on showing a
 * microphone that is on.
 */
export class MuteNotices {
  readonly #tell: (trackSid: string) => void;
  readonly #unanswered = new Map<string, Patience>();

  constructor(tell: (trackSid: string) => void) {
    this.#tell = tell;
  }

  begin(trackSid: string): void {
    this.#try(trackSid, MOST);
  }

  /** The client has answered, or it does not matter any more. */
  end(trackSid: string): void {
    this.#unanswered.get(trackSid)?.close();
    this.#unanswered.delete(trackSid);
  }

  close(): void {
    for (const trackSid of [...this.#unanswered.keys()]) this.end(trackSid);
  }

  #try(trackSid: string, left: number): void {
    this.end(trackSid);
    this.#tell(trackSid);
    if (left > 1)
      this.#unanswered.set(
        trackSid,
        patience(ANSWER_MS, () => this.#try(trackSid, left - 1)),
      );
  }
}
