import { LocalTrack, type Room } from 'livekit-client';

export interface NodeWatchPorts {
  /** What has come so far, as a number that grows; undefined: nothing could. */
  comes(): Promise<number | undefined>;
  /** Whether anybody answers there at this moment. @param url of a node, or of this site where it is left out */
  answers(url?: string): Promise<boolean>;
  /** The node is gone; told once. */
  gone(): void;
}

const LOOK_MS = 1_000;
/** Looks in a row in which nothing came after which the node is asked. */
const SILENT_LOOKS = 2;
/** One that has answered is not asked again for so many, so that a stage with nothing on it costs next to nothing. */
const CALM_LOOKS = 15;
const ANSWER_MS = 1_500;

/**
 * Notices a node that is gone without a word, a machine without power for one. The library waits for an answer to its
 * pings for 15 seconds, and asking all nodes more often would cost as much as they are many. So a page asks only when
 * nothing comes any more; and leaves only when the server answers elsewhere: a line that is down is no node that is.
 */
export class NodeWatch {
  /** The node, as `/join` has named it. */
  readonly url: string;
  readonly #ports: NodeWatchPorts;
  readonly #timer: ReturnType<typeof setInterval>;
  #came: number | undefined;
  #silent = 0;
  #looking = false;
  #closed = false;

  constructor(url: string, ports: NodeWatchPorts) {
    this.url = url;
    this.#ports = ports;
    this.#timer = setInterval(() => void this.#look(), LOOK_MS);
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      const came = await this.#ports.comes().catch(() => undefined);
      const moved = came === undefined || this.#came === undefined || came !== this.#came;
      this.#came = came;
      this.#silent = moved ? 0 : this.#silent + 1;
      if (this.#silent < SILENT_LOOKS) return;
      if (!(await this.#isGone())) {
        this.#silent = SILENT_LOOKS - CALM_LOOKS;
      } else if (!this.#closed) {
        this.close();
        this.#ports.gone();
      }
    } finally {
      this.#looking = false;
    }
  }

  async #isGone(): Promise<boolean> {
    const { answers } = this.#ports;
    const [node, server] = await Promise.all([answers(this.url), answers()]);
    return server && !node;
  }
}

/** Media that comes, and reports of what is sent: bytes and measurements in one sum, which grows while the node is there. */
export async function comesTo(room: Room): Promise<number | undefined> {
  let sum: number | undefined;
  const people = [room.localParticipant, ...room.remoteParticipants.values()];
  for (const { track, isMuted } of people.flatMap(({ trackPublications }) => [...trackPublications.values()])) {
    if (!track || isMuted) continue;
    const report = await (track instanceof LocalTrack ? track.sender?.getStats() : track.getRTCStatsReport());
    for (const stats of report?.values() ?? []) {
      if (stats.type === 'inbound-rtp') sum = (sum ?? 0) + (stats.bytesReceived ?? 0);
      if (stats.type === 'remote-inbound-rtp') sum = (sum ?? 0) + (stats.roundTripTimeMeasurements ?? 0);
    }
  }
  return sum;
}

/** Whatever it answers: pages of any origin may read this address. */
export const answersAt = (url = location.origin): Promise<boolean> =>
  fetch(`${url.replace(/^ws/, 'http').replace(/\/$/, '')}/rtc/validate`, {
    method: 'HEAD',
    cache: 'no-store',
    signal: AbortSignal.timeout(ANSWER_MS),
  }).then(
    () => true,
    () => false,
  );
