import { every } from '../../../lib/every.ts';
import type { NodeBoot, PipeLink, PipeState, PipeWish, PullAsk, PulledTrack } from '../../cascade/PipeLink.ts';
import type { PipeNetwork } from './network.ts';
import { type Feed, PipeExport } from './PipeExport.ts';

/** CL25: who is not heard for so long has no pipe any more. */
const LEASE_MS = 10_000;

/** A track of this node, as far as other nodes are concerned. */
export interface ExportableTrack {
  readonly sid: string;
  /** @returns undefined: it cannot be had here at present */
  feed(): Promise<Feed | undefined>;
  /** How many layers other nodes want at most; 0: they want none. */
  wantedElsewhere(layers: number): void;
}

/** A track, and the pipes that go out of it. */
interface Outgoing {
  readonly track: ExportableTrack;
  readonly pipes: Set<PipeExport>;
  wanted: number;
}

export interface ExportsOptions {
  readonly network: PipeNetwork;
  readonly link: () => PipeLink | undefined;
  readonly leaseMs?: number;
}

/** The tracks that are published at this node, and the pipes by which other nodes have them. */
export class Exports {
  readonly #options: ExportsOptions;
  readonly #leaseMs: number;
  readonly #tracks = new Map<string, Outgoing>();
  /** Tracks of other nodes that this one knows. */
  readonly #relays = new Map<string, Outgoing>();
  /** By boot and pipe, so that a question that is repeated has the same answer. */
  readonly #pipes = new Map<string, Promise<PipeExport | undefined>>();
  readonly #open = new Set<PipeExport>();
  readonly #look: { close(): void };

  constructor(options: ExportsOptions) {
    this.#options = options;
    this.#leaseMs = options.leaseMs ?? LEASE_MS;
    this.#look = every(
      this.#leaseMs / 5,
      () => this.#dropUnheard(),
      () => undefined,
    );
  }

  get size(): number {
    return this.#open.size;
  }

  /** Whether pictures go out to others, and for so long none of them has reported on any. (CL72) @param forMs milliseconds */
  isUnheard(forMs: number): boolean {
    const since = [...this.#open].flatMap((pipe) => pipe.unansweredMs ?? []);
    return since.length > 0 && since.every((ms) => ms >= forMs);
  }

  add(track: ExportableTrack): void {
    this.#tracks.set(track.sid, { track, pipes: new Set(), wanted: 0 });
  }

  remove({ sid }: ExportableTrack): void {
    this.#tracks.delete(sid);
  }

  addRelay(track: ExportableTrack): void {
    this.#relays.set(track.sid, { track, pipes: new Set(), wanted: 0 });
  }

  removeRelay(track: ExportableTrack): void {
    if (this.#relays.get(track.sid)?.track === track) this.#relays.delete(track.sid);
  }

  /** @returns undefined: no such track is published here, or can be handed on */
  async pull(by: NodeBoot, ask: PullAsk): Promise<PulledTrack | undefined> {
    const outgoing = (ask.relay ? this.#relays : this.#tracks).get(ask.sid);
    if (!outgoing) return undefined;
    const key = keyOf(by, ask.pipe);
    let making = this.#pipes.get(key);
    if (!making) {
      making = this.#make(by, ask, outgoing);
      this.#pipes.set(key, making);
      making.then(
        (made) => (made && !made.closed ? made.once('closed', () => this.#pipes.delete(key)) : this.#pipes.delete(key)),
        () => this.#pipes.delete(key),
      );
    }
    return (await making)?.pulled;
  }

  async renew(by: NodeBoot, wishes: readonly PipeWish[]): Promise<readonly PipeState[]> {
    return Promise.all(
      wishes.map(async ({ pipe, layers, picture }): Promise<PipeState> => {
        const made = await this.#pipes.get(keyOf(by, pipe))?.catch(() => undefined);
        if (!made) return { pipe, state: 'gone', sent: 0 };
        made.want(layers);
        if (picture) await made.askForPicture();
        for (const outgoing of [...this.#tracks.values(), ...this.#relays.values()])
          if (outgoing.pipes.has(made)) tellWanted(outgoing);
        return made.state();
      }),
    );
  }

  drop(by: NodeBoot, pipes: readonly string[]): void {
    for (const pipe of pipes)
      this.#pipes
        .get(keyOf(by, pipe))
        ?.then((made) => made?.close())
        .catch(() => undefined);
  }

  close(): void {
    this.#look.close();
    this.dropAll();
  }

  /** Ends all pipes; who wants a track still pulls it anew. */
  dropAll(): void {
    for (const pipe of [...this.#open]) pipe.close();
  }

  async #make(by: NodeBoot, ask: PullAsk, outgoing: Outgoing): Promise<PipeExport | undefined> {
    const feed = await outgoing.track.feed();
    if (!feed) return undefined;
    const made = await PipeExport.create(by, ask, feed, this.#options.network);
    if (made.closed) throw new Error(`track ${ask.sid} closed while it was pulled`);
    this.#opened(made, outgoing);
    return made;
  }

  #opened(made: PipeExport, outgoing: Outgoing): void {
    const say = (state: PipeState) =>
      // Who does not hear it learns it at the next renewal.
      void this.#options
        .link()
        ?.tell(made.to, state)
        .catch(() => undefined);
    const tell = (state: PipeState['state']) => say({ pipe: made.pipe, state, sent: 0 });
    this.#open.add(made);
    outgoing.pipes.add(made);
    tellWanted(outgoing);
    made.on('moved', tell);
    made.on('answered', () => void made.state().then(say, () => undefined));
    made.once('closed', () => {
      this.#open.delete(made);
      outgoing.pipes.delete(made);
      tellWanted(outgoing);
      tell('gone');
    });
  }

  async #dropUnheard(): Promise<void> {
    for (const pipe of [...this.#open]) if ((await pipe.unheardMs()) > this.#leaseMs) pipe.close();
  }
}

function tellWanted(outgoing: Outgoing): void {
  const wanted = Math.max(0, ...[...outgoing.pipes].map(({ layers }) => layers));
  if (wanted === outgoing.wanted) return;
  outgoing.wanted = wanted;
  outgoing.track.wantedElsewhere(wanted);
}

const keyOf = ({ boot }: NodeBoot, pipe: string): string => `${boot} ${pipe}`;
