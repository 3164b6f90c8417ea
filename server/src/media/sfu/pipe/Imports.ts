import { every } from '../../../lib/every.ts';
import type { NodeBoot, PipeLink, PipeState } from '../../cascade/PipeLink.ts';
import type { RoomRouter } from '../worker/RoomRouter.ts';
import type { PipeNetwork } from './network.ts';
import { PipeImport, type Wanted } from './PipeImport.ts';
import type { Importing, RemoteTrack } from './RemoteTrack.ts';

const LOOK_EVERY_MS = 500;
/** CL25: renewed so often, as long as media comes. */
const RENEW_EVERY_MS = 3_000;

export type PullResult = 'pulled' | 'failed';

interface Watched {
  readonly track: RemoteTrack;
  /** Whether anything came since the look before. */
  flows: boolean;
}

/** The pipes by which this node has tracks of others: pulled, renewed, and looked after. */
export class Imports implements Importing {
  readonly #network: PipeNetwork;
  readonly #link: () => PipeLink | undefined;
  readonly #result: (result: PullResult, sid: string, error?: unknown) => void;
  readonly #watched = new Map<PipeImport, Watched>();
  /** By boot: when its pipes were renewed, and whether an answer is waited for. */
  readonly #origins = new Map<string, { at: number; asking: boolean; again: boolean }>();
  readonly #look: { close(): void };

  constructor(
    network: PipeNetwork,
    link: () => PipeLink | undefined,
    result: (result: PullResult, sid: string, error?: unknown) => void,
  ) {
    this.#network = network;
    this.#link = link;
    this.#result = result;
    this.#look = every(
      LOOK_EVERY_MS,
      () => this.#lookAtAll(),
      () => undefined,
    );
  }

  get size(): number {
    return this.#watched.size;
  }

  async pull(wanted: Wanted, home: RoomRouter): Promise<PipeImport> {
    const link = this.#link();
    if (!link) throw new Error('this node has no way to ask others');
    const pipe = await PipeImport.pull(wanted, home, this.#network, link);
    this.#result('pulled', wanted.sid);
    return pipe;
  }

  failed(sid: string, error: unknown): void {
    this.#result('failed', sid, error);
  }

  watch(track: RemoteTrack, pipe: PipeImport): void {
    this.#watched.set(pipe, { track, flows: true });
    pipe.onClose(() => this.#watched.delete(pipe));
  }

  drop(pipe: PipeImport): void {
    pipe.close();
    // The other node finds it by itself when this is lost.
    this.#link()
      ?.drop(pipe.origin, [pipe.pipe])
      .catch(() => undefined);
  }

  renew(origin: NodeBoot): void {
    const state = this.#origins.get(origin.boot) ?? { at: 0, asking: false, again: false };
    this.#origins.set(origin.boot, state);
    if (state.asking) {
      state.again = true;
      return;
    }
    state.asking = true;
    void this.#renew(origin).finally(() => {
      state.at = performance.now();
      state.asking = false;
      if (!state.again) return;
      state.again = false;
      this.renew(origin);
    });
  }

  told(by: NodeBoot, state: PipeState): void {
    for (const [pipe, { track }] of this.#watched)
      if (pipe.pipe === state.pipe && pipe.origin.boot === by.boot) void this.#hear(track, pipe, state);
  }

  close(): void {
    this.#look.close();
  }

  async #renew(origin: NodeBoot): Promise<void> {
    const pipes = [...this.#watched].filter(([pipe]) => pipe.origin.boot === origin.boot);
    const wishes = pipes.map(([{ pipe }, { track }]) => ({ pipe, layers: track.wanted }));
    const states = await this.#link()
      ?.renew(origin, wishes)
      // It is asked again; meanwhile media comes or does not come as before.
      .catch(() => undefined);
    for (const [pipe, { track }] of pipes) {
      const state = states?.find((each) => each.pipe === pipe.pipe);
      if (state) void this.#hear(track, pipe, state);
    }
  }

  #hear(track: RemoteTrack, pipe: PipeImport, state: PipeState): Promise<void> {
    return track.heard(pipe, state).catch((error: unknown) => this.failed(track.sid, error));
  }

  /** Where nothing comes the other node is asked at once, and else now and then. */
  async #lookAtAll(): Promise<void> {
    const due = new Map<string, NodeBoot>();
    await Promise.all(
      [...this.#watched].map(async ([pipe, watched]) => {
        watched.flows = await pipe.look();
        const since = performance.now() - (this.#origins.get(pipe.origin.boot)?.at ?? 0);
        const silent = !watched.flows && !watched.track.paused && watched.track.wanted > 0;
        if (silent || since > RENEW_EVERY_MS) due.set(pipe.origin.boot, pipe.origin);
      }),
    );
    for (const origin of due.values()) this.renew(origin);
  }
}
