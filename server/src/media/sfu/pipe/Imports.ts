import { every } from '../../../lib/every.ts';
import { BrokenPaths } from '../../cascade/BrokenPaths.ts';
import type { LinkedNode, NodeBoot, PipeLink, PipeState, PipeWish } from '../../cascade/PipeLink.ts';
import { copiesOf, planOf } from '../../cascade/planOf.ts';
import type { RoomRouter } from '../worker/RoomRouter.ts';
import type { PipeNetwork } from './network.ts';
import { NoSuchTrack, PipeImport, type Wanted } from './PipeImport.ts';
import { type Inflow, type PipeCount, PipeMeter } from './PipeMeter.ts';
import type { Importing, RemoteTrack } from './RemoteTrack.ts';

const LOOK_EVERY_MS = 500;
/** CL33: nodes learn of each other one after another, so a plan is followed when it has stood for so many. */
const MISPLACED_LOOKS = 3;
/** CL25: renewed so often, as long as media comes. */
const RENEW_EVERY_MS = 3_000;

/** CL29: after which a broken path is tried again. */
const BROKEN_FOR_MS = 60_000;
/** Who has just come to know a track, or its end, may not have it for a moment. */
const REFUSED_FOR_MS = 5_000;

export type PullResult = 'pulled' | 'failed';

export interface ImportsOptions {
  readonly network: PipeNetwork;
  readonly link: () => PipeLink | undefined;
  /** Told of each pull, and of what went wrong with one. */
  readonly result: (result: PullResult, sid: string, error?: unknown) => void;
  readonly brokenForMs?: number;
}

interface Watched {
  readonly track: RemoteTrack;
  /** Whether anything came since the look before. */
  flows: boolean;
  /** `performance.now()` of the last look in which it came, or was not to come. */
  wellAt: number;
  /** CL71: a picture is to be asked for with the next renewal. */
  lacksPicture: boolean;
  /** So many looks in a row it was to come from another node. */
  misplaced: number;
}

/** A track that viewers of this node want, that another node sends, and that does not arrive. */
export interface MissingTrack {
  readonly sid: string;
  /** The publisher's node. */
  readonly origin: NodeBoot;
}

/** The pipes by which this node has tracks of others: pulled, renewed, and looked after. */
export class Imports implements Importing {
  readonly #options: ImportsOptions;
  readonly #watched = new Map<PipeImport, Watched>();
  /** By boot: when its pipes were renewed, and whether an answer is waited for. */
  readonly #renewals = new Map<string, { at: number; asking: boolean; again: boolean }>();
  readonly #look: { close(): void };
  readonly #broken = new BrokenPaths();
  readonly #meter = new PipeMeter();
  /** Tracks that are sent and do not arrive, or did not when somebody wanted them last, each with the `performance.now()` of the last look at which all was well. */
  readonly #missing = new Map<RemoteTrack, number>();

  constructor(options: ImportsOptions) {
    this.#options = options;
    this.#look = every(
      LOOK_EVERY_MS,
      () => this.#lookAtAll(),
      () => undefined,
    );
  }

  get size(): number {
    return this.#watched.size;
  }

  /** What comes from other nodes, by `measure`. */
  get inflows(): readonly Inflow[] {
    return this.#meter.inflows;
  }

  /**
   * Tracks that viewers here have been missing for a while, although the publisher's node sends them. A node that does not
   * answer is not counted: it may be dead, which is not for its viewers to find out.
   * @param forMs least time, milliseconds
   */
  missing(forMs: number): readonly MissingTrack[] {
    return this.wouldMiss(forMs).filter(({ isWanted }) => isWanted);
  }

  /**
   * Also those that nobody here wants any more, since all have gone elsewhere, and to whose publisher's node the path is still
   * known to be broken: whoever comes here would miss them as well.
   * @param forMs as for `missing`
   */
  wouldMiss(forMs: number): readonly RemoteTrack[] {
    const now = performance.now();
    return [...this.#missing].flatMap(([track, since]) => (now - since >= forMs ? [track] : []));
  }

  async measure(): Promise<void> {
    const counts = [...this.#watched].map(async ([pipe, { track }]): Promise<PipeCount[]> => {
      const counted = await pipe.counts();
      return counted ? [{ pipe: pipe.pipe, from: pipe.from, straight: track.isStraight, ...counted }] : [];
    });
    this.#meter.take((await Promise.all(counts)).flat());
  }

  async pull(wanted: Wanted, home: RoomRouter): Promise<PipeImport> {
    const link = this.#options.link();
    if (!link) throw new Error('this node has no way to ask others');
    const from = await this.#parent(wanted, link);
    try {
      const pipe = await PipeImport.pull(wanted, from, home, { ...this.#options, link });
      this.#options.result('pulled', wanted.sid);
      return pipe;
    } catch (error) {
      if (from !== wanted.origin && error instanceof NoSuchTrack)
        this.#broken.add(from.boot, wanted.origin.boot, REFUSED_FOR_MS);
      throw error;
    }
  }

  /** As far as this node knows, what it takes from that one comes straight. */
  isStraight({ boot }: NodeBoot): boolean {
    return !this.#broken.has(this.#options.link()?.self.boot ?? '', boot);
  }

  broken(pipe: PipeImport): void {
    const { from } = pipe;
    const watched = this.#watched.get(pipe);
    if (watched && !this.#missing.has(watched.track)) this.#missing.set(watched.track, watched.wellAt);
    this.#broken.add(this.#options.link()?.self.boot ?? '', from.boot, this.#options.brokenForMs ?? BROKEN_FOR_MS);
  }

  failed(sid: string, error: unknown): void {
    this.#options.result('failed', sid, error);
  }

  watch(track: RemoteTrack, pipe: PipeImport): void {
    this.#watched.set(pipe, { track, flows: true, wellAt: performance.now(), lacksPicture: false, misplaced: 0 });
    pipe.onClose(() => this.#watched.delete(pipe));
  }

  drop(pipe: PipeImport): void {
    pipe.close();
    // The other node finds it by itself when this is lost.
    this.#options
      .link()
      ?.drop(pipe.from, [pipe.pipe])
      .catch(() => undefined);
  }

  renew(from: NodeBoot): void {
    const state = this.#renewals.get(from.boot) ?? { at: 0, asking: false, again: false };
    this.#renewals.set(from.boot, state);
    if (state.asking) {
      state.again = true;
      return;
    }
    state.asking = true;
    void this.#renew(from).finally(() => {
      state.at = performance.now();
      state.asking = false;
      if (!state.again) return;
      state.again = false;
      this.renew(from);
    });
  }

  told(by: NodeBoot, state: PipeState): void {
    for (const [pipe, { track }] of this.#watched)
      if (pipe.pipe === state.pipe && pipe.from.boot === by.boot) void this.#hear(track, pipe, state);
  }

  close(): void {
    this.#look.close();
  }

  async #parent(wanted: Pick<Wanted, 'sid' | 'origin'>, link: PipeLink): Promise<NodeBoot> {
    if (this.isStraight(wanted.origin)) return this.#planned(wanted, link);
    return this.#parentAmong(await link.nodes().catch(() => []), wanted, link);
  }

  /** CL33: where the path to the publisher's node is not broken. */
  #planned(wanted: Pick<Wanted, 'sid' | 'origin'>, link: PipeLink): NodeBoot {
    const { origin } = wanted;
    const others = link.known();
    // It may send to all of them.
    if (others.length <= copiesOf(others.find(({ boot }) => boot === origin.boot))) return origin;
    return this.#parentAmong(others, wanted, link);
  }

  #parentAmong(
    others: readonly LinkedNode[],
    { sid, origin }: Pick<Wanted, 'sid' | 'origin'>,
    link: PipeLink,
  ): NodeBoot {
    const plan = planOf({ sid, origin: origin.boot }, [link.self, ...others], this.#broken);
    const parent = plan.get(link.self.boot);
    // Where there is no other way it may be back.
    return (parent !== origin.boot && others.find(({ boot }) => boot === parent)) || origin;
  }

  async #renew(from: NodeBoot): Promise<void> {
    const pipes = [...this.#watched].filter(([pipe]) => pipe.from.boot === from.boot);
    const wishes = pipes.map(([{ pipe }, watched]): PipeWish => {
      const picture = watched.lacksPicture;
      watched.lacksPicture = false;
      return { pipe, layers: watched.track.wanted, ...(picture && { picture }) };
    });
    const states = await this.#options
      .link()
      ?.renew(from, wishes)
      // It is asked again; meanwhile media comes or does not come as before.
      .catch(() => undefined);
    for (const [pipe, { track }] of pipes) {
      const state = states?.find((each) => each.pipe === pipe.pipe);
      if (state) void this.#hear(track, pipe, state);
    }
  }

  #hear(track: RemoteTrack, pipe: PipeImport, state: PipeState): Promise<void> {
    pipe.isUnanswered = state.unanswered === true;
    return track.heard(pipe, state).catch((error: unknown) => this.failed(track.sid, error));
  }

  /** Whether it is to come from another node than it does: its path is there again, or nodes came or went. */
  #isMisplaced({ sid, origin }: RemoteTrack, { from }: PipeImport): boolean {
    const link = this.#options.link();
    // While nobody can know who lives, nothing moves.
    if (!link || link.known().length === 0 || !this.isStraight(origin)) return false;
    return this.#planned({ sid, origin }, link).boot !== from.boot;
  }

  /** Where nothing comes the other node is asked at once, and else now and then. */
  async #lookAtAll(): Promise<void> {
    const due = new Map<string, NodeBoot>();
    await Promise.all(
      [...this.#watched].map(async ([pipe, watched]) => {
        watched.flows = await pipe.look();
        if (watched.flows) this.#missing.delete(watched.track);
        const since = performance.now() - (this.#renewals.get(pipe.from.boot)?.at ?? 0);
        const silent = !watched.flows && !watched.track.paused && watched.track.wanted > 0;
        if (!silent) watched.wellAt = performance.now();
        if (await pipe.lacksPicture()) watched.lacksPicture = true;
        if (silent || watched.lacksPicture || since > RENEW_EVERY_MS) due.set(pipe.from.boot, pipe.from);
        watched.misplaced = this.#isMisplaced(watched.track, pipe) ? watched.misplaced + 1 : 0;
        if (watched.misplaced >= MISPLACED_LOOKS) void watched.track.straighten(pipe);
      }),
    );
    for (const from of due.values()) this.renew(from);
    for (const track of this.#missing.keys()) {
      const mayComeAgain = !track.isWanted && this.isStraight(track.origin);
      if (track.closed || track.paused || mayComeAgain) this.#missing.delete(track);
    }
  }
}
