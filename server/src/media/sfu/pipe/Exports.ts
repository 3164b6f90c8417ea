import { every } from '../../../lib/every.ts';
import type { NodeBoot, PipeLink, PipeState, PipeWish, PullAsk, PulledTrack } from '../../cascade/PipeLink.ts';
import type { PipeNetwork } from './network.ts';
import { type Exported, PipeExport } from './PipeExport.ts';

/** CL25: who is not heard for so long has no pipe any more. */
const LEASE_MS = 10_000;
const LOOK_EVERY_MS = 2_000;

/** A track of this node, as far as other nodes are concerned. */
export interface ExportableTrack {
  readonly sid: string;
  readonly exported: Exported;
  /** How many layers other nodes want at most; 0: they want none. */
  wantedElsewhere(layers: number): void;
}

/** The tracks that are published at this node, and the pipes by which other nodes have them. */
export class Exports {
  readonly #network: PipeNetwork;
  readonly #link: () => PipeLink | undefined;
  readonly #tracks = new Map<string, ExportableTrack>();
  /** By boot and pipe, so that a question that is repeated has the same answer. */
  readonly #pipes = new Map<string, Promise<PipeExport>>();
  readonly #open = new Map<PipeExport, ExportableTrack>();
  readonly #look: { close(): void };

  constructor(network: PipeNetwork, link: () => PipeLink | undefined) {
    this.#network = network;
    this.#link = link;
    this.#look = every(
      LOOK_EVERY_MS,
      () => this.#dropUnheard(),
      () => undefined,
    );
  }

  get size(): number {
    return this.#open.size;
  }

  add(track: ExportableTrack): void {
    this.#tracks.set(track.sid, track);
  }

  remove({ sid }: ExportableTrack): void {
    this.#tracks.delete(sid);
  }

  /** @returns undefined: no such track is published here */
  async pull(by: NodeBoot, ask: PullAsk): Promise<PulledTrack | undefined> {
    const track = this.#tracks.get(ask.sid);
    if (!track) return undefined;
    const key = keyOf(by, ask.pipe);
    const known = this.#pipes.get(key);
    if (known) return (await known).pulled;
    const making = PipeExport.create(by, ask, track.exported, this.#network);
    this.#pipes.set(key, making);
    const made = await making.catch((error: unknown) => {
      this.#pipes.delete(key);
      throw error;
    });
    this.#opened(made, track);
    return made.pulled;
  }

  async renew(by: NodeBoot, wishes: readonly PipeWish[]): Promise<readonly PipeState[]> {
    return Promise.all(
      wishes.map(async ({ pipe, layers }): Promise<PipeState> => {
        const made = await this.#pipes.get(keyOf(by, pipe))?.catch(() => undefined);
        if (!made) return { pipe, state: 'gone', sent: 0 };
        made.want(layers);
        this.#tellWanted(made);
        return made.state();
      }),
    );
  }

  drop(by: NodeBoot, pipes: readonly string[]): void {
    for (const pipe of pipes)
      this.#pipes
        .get(keyOf(by, pipe))
        ?.then((made) => made.close())
        .catch(() => undefined);
  }

  close(): void {
    this.#look.close();
    for (const pipe of this.#open.keys()) pipe.close();
  }

  #opened(made: PipeExport, track: ExportableTrack): void {
    if (made.closed) {
      this.#pipes.delete(keyOf(made.to, made.pipe));
      return;
    }
    const tell = (state: PipeState['state']) =>
      // Who does not hear it learns it at the next renewal.
      void this.#link()
        ?.tell(made.to, { pipe: made.pipe, state, sent: 0 })
        .catch(() => undefined);
    this.#open.set(made, track);
    this.#tellWanted(made);
    made.on('moved', tell);
    made.once('closed', () => {
      this.#pipes.delete(keyOf(made.to, made.pipe));
      this.#tellWanted(made, () => this.#open.delete(made));
      tell('gone');
    });
  }

  #tellWanted(of: PipeExport, first: () => void = () => undefined): void {
    const track = this.#open.get(of);
    first();
    if (!track) return;
    const wanted = [...this.#open].filter(([, other]) => other === track).map(([pipe]) => pipe.layers);
    track.wantedElsewhere(Math.max(0, ...wanted));
  }

  async #dropUnheard(): Promise<void> {
    for (const pipe of [...this.#open.keys()]) if ((await pipe.unheardMs()) > LEASE_MS) pipe.close();
  }
}

const keyOf = ({ boot }: NodeBoot, pipe: string): string => `${boot} ${pipe}`;
