import { LocalTrack, RemoteTrackPublication, type Room } from 'livekit-client';
import type { Departures } from './Departures.ts';
import type { NodeWorth } from './nodeAnswers.ts';
import { bothWaited, type PictureLag, type Waited, waitedIn } from './PictureLag.ts';

export interface NodeWatchPorts {
  /** What has come so far, as a number that grows; undefined: nothing could. */
  comes(): Promise<number | undefined>;
  /** What the node is worth at this moment to those who are there. */
  worthOf(url: string): Promise<NodeWorth>;
  /** Whether this site says at this moment that it is ready. */
  isReady(): Promise<boolean>;
  /** The node is of no use any more; told once. @param waitMs before another one is asked for */
  gone(waitMs: number): void;
  /** Of this page, whichever node it is at. */
  readonly departures: Departures;
  readonly random?: () => number;
}

const LOOK_MS = 1_000;
/** Looks in a row in which nothing came after which the node is asked. */
const SILENT_LOOKS = 2;
/** One that has answered is asked again soon at first: it takes seconds to find out that media does not reach it. (PL26) */
const AGAIN_LOOKS = [1, 1, 2, 4] as const;
/** Then it is not asked again for so many, so that a stage with nothing on it costs next to nothing. */
const CALM_LOOKS = 15;
/** Connections to a killed node end at the same moment at all of its pages. */
const SPREAD_MS = 300;

/**
 * Notices a node that is gone without a word, or cut off from the others: a machine without power, or a cable. The library
 * waits for an answer to its pings for 15 seconds, and asking more often would cost as much as pages are many. So a page asks
 * only when nothing comes any more; and leaves only when the server is ready elsewhere: a line that is down is no node that is.
 * One that drains is not gone: it sends its pages away in waves.
 */
export class NodeWatch {
  /** The node, as `/join` has named it. */
  readonly url: string;
  readonly #ports: NodeWatchPorts;
  readonly #timer: ReturnType<typeof setInterval>;
  #came: number | undefined;
  #silent = 0;
  /** Times in a row that the node was of use while nothing came. */
  #asked = 0;
  #looking = false;
  #suspicion: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(url: string, ports: NodeWatchPorts) {
    this.url = url;
    this.#ports = ports;
    this.#timer = setInterval(() => void this.#look(), LOOK_MS);
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
    clearTimeout(this.#suspicion);
  }

  /** The connection to the node has ended: asks it at once, while the library tries to resume its session there. */
  suspect(): void {
    if (this.#closed) return;
    clearTimeout(this.#suspicion);
    const waitMs = (this.#ports.random ?? Math.random)() * SPREAD_MS;
    this.#suspicion = setTimeout(() => void this.#ask(), waitMs);
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      const came = await this.#ports.comes().catch(() => undefined);
      const moved = came === undefined || this.#came === undefined || came !== this.#came;
      if (came !== undefined && this.#came !== undefined && came > this.#came) this.#ports.departures.came();
      this.#came = came;
      this.#silent = moved ? 0 : this.#silent + 1;
      if (moved) this.#asked = 0;
      if (this.#silent >= SILENT_LOOKS) await this.#ask();
    } finally {
      this.#looking = false;
    }
  }

  async #ask(): Promise<void> {
    const { worthOf, isReady, gone, departures } = this.#ports;
    const [worth, server] = await Promise.all([worthOf(this.url), isReady()]);
    if (this.#closed) return;
    if (worth === 'of-use') {
      this.#silent = SILENT_LOOKS - (AGAIN_LOOKS[this.#asked++] ?? CALM_LOOKS);
      return;
    }
    // A node that says that it is unfit answers `/join` as well, and names another one; this site may be that node.
    // Where neither answers, each try has closed a connection that may have been to the node that is gone.
    if (worth === 'unfit' ? !departures.leavesUnfit() : !server) return;
    this.close();
    gone(departures.left());
  }
}

/**
 * Media that comes, and reports of what is sent: bytes and measurements in one sum, which grows while the node is there. What is
 * subscribed to and has not come counts as nothing yet: a node that is cut off from the publisher's never sends it.
 * @param lag of the pictures among it
 * @returns undefined where nothing is to come
 */
export async function comesTo(room: Room, lag: PictureLag): Promise<number | undefined> {
  let sum: number | undefined;
  let waited: Waited | undefined;
  const people = [room.localParticipant, ...room.remoteParticipants.values()];
  for (const publication of people.flatMap(({ trackPublications }) => [...trackPublications.values()])) {
    const { track, isMuted } = publication;
    if (isMuted) continue;
    if (publication instanceof RemoteTrackPublication && publication.isDesired) sum ??= 0;
    if (!track) continue;
    const report = await (track instanceof LocalTrack ? track.sender?.getStats() : track.getRTCStatsReport());
    for (const stats of report?.values() ?? []) {
      waited = bothWaited(waited, waitedIn(stats));
      if (stats.type === 'inbound-rtp') sum = (sum ?? 0) + (stats.bytesReceived ?? 0);
      if (stats.type === 'remote-inbound-rtp') sum = (sum ?? 0) + (stats.roundTripTimeMeasurements ?? 0);
    }
  }
  lag.look(waited);
  return sum;
}
