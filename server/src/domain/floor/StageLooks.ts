import { EventEmitter } from 'node:events';
import type { Clock } from '../../lib/clock.ts';
import { RateLimits } from '../../lib/RateLimits.ts';
import type { Briefing } from '../../protocol/briefing.ts';
import { refuse, tooOften } from '../../protocol/errors.ts';
import type { Speaker } from '../../protocol/floor.ts';
import { LOOK_BYTES, LOOK_PIXELS } from '../../protocol/limits.ts';
import type { Account, UnitPath } from '../../protocol/organisation.ts';
import type { StageLook, StagePicture } from '../../protocol/stageLooks.ts';
import { collect } from '../shared/collect.ts';
import { demand, may } from '../shared/rights.ts';
import { liesIn } from '../shared/territory.ts';
import type { FloorState } from './FloorState.ts';
import { jpegSize } from './jpegSize.ts';
import type { LiveFloors } from './LiveFloors.ts';
import { LOOK_EVERY_MS, LOOK_FRESH_MS, LOOKS_GIVEN } from './limits.ts';
import { facesOn, watchersOf } from './stageWatchers.ts';

/** Bytes that come, in pieces. */
type Source = AsyncIterable<Buffer>;

/** At other nodes, which ask the devices at them. */
export interface LooksElsewhere {
  /** What they have of the stages of a territory. */
  pictures(briefing: string, territory: UnitPath): Promise<readonly StagePicture[]>;
  /** Hands on what came here and was asked for there. @returns whether it was */
  give(briefing: string, picture: GivenPicture): Promise<boolean>;
}

/** Of a device, as it came. */
export type GivenPicture = Pick<StagePicture, 'identity' | 'bytes'>;

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
  readonly elsewhere: LooksElsewhere;
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
  readonly #given = new RateLimits(LOOKS_GIVEN);

  constructor(parts: Parts) {
    super();
    this.#parts = parts;
  }

  /** @throws DomainError `forbidden`, `outside-territory`, `not-live` */
  async look(account: Account, briefing: string): Promise<StageLook[]> {
    demand(account, 'stage.look');
    this.#scope(account, briefing);
    const { path: territory } = account.unit;
    const own = this.here(briefing, territory);
    const pictures = [...own, ...(await this.#parts.elsewhere.pictures(briefing, territory))];
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

  /** @throws DomainError `not-live`, `forbidden`, `too-large`, `bad-request`, `rate-limited` */
  async take(account: Account, identity: string, briefing: string, source: Source): Promise<void> {
    demand(account, 'stage.picture', { paths: this.#scope(account, briefing), account: account.id });
    const watched = this.#askedOf(briefing, identity);
    // What is in front of several nodes gives it to any of them, and its page is at one.
    if (!watched) {
      if (!this.#standsElsewhere(briefing, identity)) throw unasked();
      const wait = this.#given.take(identity);
      if (wait > 0) throw tooOften('this device has sent too many pictures', wait);
    }
    const bytes = await collect(source, LOOK_BYTES);
    const size = jpegSize(bytes);
    if (!size?.every((side) => side >= 1 && side <= LOOK_PIXELS)) throw refuse('bad-request', 'this is no small JPEG');
    const picture = { identity, bytes: bytes.toString('base64') };
    if (watched) this.#keep(watched, picture);
    else if (!(await this.#parts.elsewhere.give(briefing, picture))) throw unasked();
  }

  /** One that came to another node. @returns whether it was asked for here */
  hear(briefing: string, picture: GivenPicture): boolean {
    const watched = this.#askedOf(briefing, picture.identity);
    if (watched) this.#keep(watched, picture);
    return watched !== undefined;
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

  #keep(watched: Watched, picture: GivenPicture): void {
    watched.picture = { ...picture, at: this.#parts.clock.now().toISOString() };
    // Who was slow may not be the one who is asked by now.
    if (watched.identity === picture.identity) watched.isAnswered = true;
  }

  /** Whether a device is on the stage of a unit, and its page at another node. */
  #standsElsewhere(briefing: string, identity: string): boolean {
    const { speakers, stages } = this.#parts.floors.get(briefing) ?? { speakers: [], stages: [] };
    const stands = stages.some(({ path }) => facesOn(speakers, path).some(({ seat }) => seat.identity === identity));
    return stands && !this.#parts.devices.isHere(briefing, identity);
  }

  #askedOf(briefing: string, identity: string): Watched | undefined {
    const open = [...(this.#watched.get(briefing)?.values() ?? [])].filter(
      (watched) => watched.identity === identity && !watched.isAnswered,
    );
    // Whoever has gone on to another stage was asked there last.
    return open.toSorted((a, b) => b.askedAt - a.askedAt)[0];
  }

  /** CH15: one that the account may not be in is not open for it. */
  #scope(account: Account, briefing: string) {
    demand(account, 'briefing.join');
    const known = this.#parts.briefing(briefing);
    if (!known || may(account, 'briefing.join', { paths: known.scope }) !== 'allowed')
      throw refuse('not-live', 'the briefing is not open');
    return known.scope;
  }
}

const unasked = () => refuse('forbidden', 'nobody has asked this device for a picture');

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
