import { EventEmitter } from 'node:events';
import type { Clock } from '../../lib/clock.ts';
import type { Briefing } from '../../protocol/briefing.ts';
import { refuse } from '../../protocol/errors.ts';
import type { Speaker } from '../../protocol/floor.ts';
import { LOOK_BYTES, LOOK_PIXELS } from '../../protocol/limits.ts';
import type { Account, UnitPath } from '../../protocol/organisation.ts';
import type { StageLook, StagePicture } from '../../protocol/stageLooks.ts';
import { collect } from '../shared/collect.ts';
import { demand } from '../shared/rights.ts';
import { liesIn } from '../shared/territory.ts';
import type { FloorState } from './FloorState.ts';
import { jpegSize } from './jpegSize.ts';
import type { LiveFloors } from './LiveFloors.ts';
import { LOOK_EVERY_MS, LOOK_FRESH_MS } from './limits.ts';
import { facesOn, watchersOf } from './stageWatchers.ts';

/** Bytes that come, in pieces. */
type Source = AsyncIterable<Buffer>;

interface Parts {
  readonly floors: Pick<LiveFloors, 'get' | 'stages'>;
  /** The briefing as this node knows it; undefined: it is not open. */
  readonly briefing: (id: string) => Pick<Briefing, 'scope'> | undefined;
  readonly devices: {
    /** Whether the page of the device is at this node. */
    isHere(briefing: string, identity: string): boolean;
    /** Units that are here from this one down, at any node. */
    here(briefing: string, path: UnitPath): number;
  };
  /** What other nodes have of the stages of a territory; they ask the devices at them. */
  readonly elsewhere: (briefing: string, territory: UnitPath) => Promise<readonly StagePicture[]>;
  readonly clock: Clock;
}

/** What is known of one stage of one briefing. */
interface Watched {
  /** Who was asked last. */
  identity: string;
  askedAt: number;
  /** Since then. */
  isAnswered: boolean;
  picture: StagePicture | undefined;
}

/**
 * TR15: all open stages of a territory at one look. Pictures come from the pages of those on stage, which are asked
 * while somebody looks; they are in memory alone.
 */
export class StageLooks extends EventEmitter<{ asked: [briefing: string, identity: string] }> {
  readonly #parts: Parts;
  /** By briefing, then by stage. */
  readonly #watched = new Map<string, Map<UnitPath, Watched>>();

  constructor(parts: Parts) {
    super();
    this.#parts = parts;
  }

  /** @throws DomainError `forbidden`, `outside-territory`, `not-live` */
  async look(account: Account, briefing: string): Promise<StageLook[]> {
    demand(account, 'stage.look');
    demand(account, 'briefing.join', { paths: this.#scope(briefing) });
    const { path: territory } = account.unit;
    const own = this.here(briefing, territory);
    const pictures = [...own, ...(await this.#parts.elsewhere(briefing, territory))];
    const floor = this.#parts.floors.get(briefing);
    if (!floor) return [];
    const map = this.#parts.floors.stages(floor);
    const { devices } = this.#parts;
    return stagesIn(floor, territory).map(({ unit, path }) => ({
      ...{ unit, path, picture: pictureOf(floor, path, pictures) },
      watching: watchersOf(map, path, floor.stages, (at) => devices.here(briefing, at)),
    }));
  }

  /** What this node has of the stages of a territory; whoever has to send the next is asked for it. */
  here(briefing: string, territory: UnitPath): StagePicture[] {
    const floor = this.#parts.floors.get(briefing);
    if (!floor) return [];
    const now = this.#parts.clock.now().getTime();
    return stagesIn(floor, territory).flatMap(({ path }) => {
      const watched = this.#ask(floor, path, now);
      return watched?.picture && isFresh(watched.picture, now) ? watched.picture : [];
    });
  }

  /** @throws DomainError `not-live`, `forbidden`, `too-large`, `bad-request` */
  async take(account: Account, identity: string, briefing: string, source: Source): Promise<void> {
    demand(account, 'stage.picture', { paths: this.#scope(briefing), account: account.id });
    const watched = this.#askedOf(briefing, identity);
    const bytes = await collect(source, LOOK_BYTES);
    const size = jpegSize(bytes);
    if (!size?.every((side) => side >= 1 && side <= LOOK_PIXELS)) throw refuse('bad-request', 'this is no small JPEG');
    const at = this.#parts.clock.now().toISOString();
    watched.picture = { identity, at, bytes: bytes.toString('base64') };
    // Who was slow may not be the one who is asked by now.
    if (watched.identity === identity) watched.isAnswered = true;
  }

  /** What nobody has looked at of late. */
  forget(): void {
    const now = this.#parts.clock.now().getTime();
    for (const [briefing, stages] of this.#watched) {
      for (const [path, { askedAt }] of stages) if (!isWithin(LOOK_FRESH_MS, askedAt, now)) stages.delete(path);
      if (stages.size === 0) this.#watched.delete(briefing);
    }
  }

  /** How many stages are in memory. */
  get size(): number {
    return [...this.#watched.values()].reduce((sum, { size }) => sum + size, 0);
  }

  #ask({ briefing, speakers }: FloorState, stage: UnitPath, now: number): Watched | undefined {
    const { isHere } = this.#parts.devices;
    const mine = facesOn(speakers, stage).filter(({ seat }) => isHere(briefing, seat.identity));
    const stages = this.#watched.get(briefing) ?? new Map<UnitPath, Watched>();
    const last = stages.get(stage);
    if (last && isWithin(LOOK_EVERY_MS - 1, last.askedAt, now)) return last;
    const identity = nextOf(mine, last);
    if (identity === undefined) return undefined;
    // The same one goes on: what is still on its way is a picture of this stage.
    const watched = Object.assign(last ?? { picture: undefined }, { identity, askedAt: now, isAnswered: false });
    this.#watched.set(briefing, stages.set(stage, watched));
    this.emit('asked', briefing, identity);
    return watched;
  }

  #askedOf(briefing: string, identity: string): Watched {
    const open = [...(this.#watched.get(briefing)?.values() ?? [])].filter(
      (watched) => watched.identity === identity && !watched.isAnswered,
    );
    // Whoever has gone on to another stage was asked there last.
    const [newest] = open.toSorted((a, b) => b.askedAt - a.askedAt);
    if (!newest) throw refuse('forbidden', 'nobody has asked this device for a picture');
    return newest;
  }

  #scope(briefing: string) {
    const known = this.#parts.briefing(briefing);
    if (!known) throw refuse('not-live', 'the briefing is not open');
    return known.scope;
  }
}

const stagesIn = ({ stages }: FloorState, territory: UnitPath) => {
  const roots = new Set([territory]);
  return stages.filter(({ path }) => liesIn(path, roots));
};

/** A clock that was set back says nothing of how long ago it was. */
const isWithin = (ms: number, then: number, now: number): boolean => Math.abs(now - then) <= ms;

const isFresh = ({ at }: StagePicture, now: number): boolean => isWithin(LOOK_FRESH_MS, Date.parse(at), now);

/** Who came last; whoever sends nothing makes room for the next, and has another turn after all others. */
function nextOf(faces: readonly Speaker[], last: Watched | undefined): string | undefined {
  const [newest] = faces;
  const at = faces.findIndex(({ seat }) => seat.identity === last?.identity);
  if (!last || at < 0 || (newest && Date.parse(newest.since) > last.askedAt)) return newest?.seat.identity;
  return last.isAnswered ? last.identity : faces[(at + 1) % faces.length]?.seat.identity;
}

/** Of whom of those there; they may be at several nodes. */
function pictureOf(floor: FloorState, stage: UnitPath, pictures: readonly StagePicture[]): StagePicture | null {
  const found = facesOn(floor.speakers, stage).flatMap(({ seat }) =>
    pictures.filter(({ identity }) => identity === seat.identity),
  );
  return found[0] ?? null;
}
