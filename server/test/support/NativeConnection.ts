import nodeDataChannel, { type PeerConnection } from 'node-datachannel';
import { within } from './until.ts';

/**
 * A connection of libdatachannel whose turns can be awaited. Its states change on threads of the library, and a change that comes before
 * somebody listens is told to nobody: so it is listened to from the first moment, and never looked at first and listened to afterwards.
 */
export class NativeConnection {
  readonly pc: PeerConnection;
  readonly #gathered: Promise<void>;
  readonly #closed: Promise<void>;

  /** `forceMediaTransport`: for one whose first description has no media, as the transport can't change later. */
  constructor(name: string, options: { disableAutoNegotiation?: boolean; forceMediaTransport?: boolean } = {}) {
    const pc = new nodeDataChannel.PeerConnection(name, { iceServers: [], ...options });
    this.pc = pc;
    this.#gathered = new Promise((resolve) => pc.onGatheringStateChange((state) => state === 'complete' && resolve()));
    this.#closed = new Promise((resolve) => pc.onStateChange((state) => state === 'closed' && resolve()));
  }

  /** Its own description, with all candidates. */
  async described(): Promise<string> {
    const state = () => `${this.pc.gatheringState()}, ${this.pc.localDescription()?.type ?? 'no description'}`;
    await within('the native peer has gathered its candidates', this.#gathered, 10_000, state);
    const local = this.pc.localDescription();
    if (local === null) throw new Error('the native peer has no description of its own');
    return local.sdp;
  }

  /** The library's threads still call back while a connection closes; ending the process before crashes it. */
  async close(): Promise<void> {
    this.pc.close();
    await within('the native peer is closed', this.#closed, 10_000, () => this.pc.state());
  }
}
