import { createHash } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { RateLimits } from '../../lib/RateLimits.ts';
import type { Briefing } from '../../protocol/briefing.ts';
import { refuse, tooOften } from '../../protocol/errors.ts';
import { STILL_BYTES } from '../../protocol/limits.ts';
import type { Account } from '../../protocol/organisation.ts';
import type { Content } from '../../protocol/programme.ts';
import type { Still, slideTypes } from '../../protocol/slides.ts';
import type { LiveFloors } from '../floor/LiveFloors.ts';
import type { BriefingActor } from '../shared/actor.ts';
import { collect } from '../shared/collect.ts';
import { demand, may } from '../shared/rights.ts';
import { pictureSize } from './isPicture.ts';
import { STILLS, STILLS_FETCHED, STILLS_KEPT } from './limits.ts';
import type { PictureUpload, SlideImage } from './ports.ts';

export interface StillFollower {
  readonly briefing: string;
  readonly identity: string;
  readonly on: boolean;
}

interface Kept {
  readonly still: Still;
  readonly image: SlideImage;
}

interface Parts {
  readonly floors: Pick<LiveFloors, 'get'>;
  /** What is shown beside people. */
  readonly content: (briefing: string) => Content | null | undefined;
  /** The briefing as this node knows it; undefined: it is not open. */
  readonly briefing: (id: string) => Pick<Briefing, 'scope'> | undefined;
  readonly now: () => Date;
  readonly elsewhere: StillsElsewhere;
}

/** CL46: stills that other nodes have. */
export interface StillsElsewhere {
  last(briefing: string): Promise<Still | null>;
  image(briefing: string, sha256: string): Promise<SlideImage | null>;
}

/**
 * Stills of the screen that is shown, for those whose lines do not carry its picture. In memory alone, and of one
 * screen for each briefing: the last ones.
 */
export class Stills extends EventEmitter<{
  taken: [Still];
  /** Another node has. */
  heard: [Still];
  /** A device of this node wants to be told of them, or no more. */
  follows: [StillFollower];
}> {
  readonly #parts: Parts;
  readonly #limits = new RateLimits(STILLS);
  /** Newest last. */
  readonly #kept = new Map<string, readonly Kept[]>();
  /** CL46: what other nodes have told of the screen that is shown, newest last. */
  readonly #told = new Map<string, readonly Still[]>();
  /** Of other nodes, by hash: those that somebody here asked for last. */
  readonly #fetched = new Map<string, Promise<SlideImage | null>>();
  #nr = 0;

  constructor(parts: Parts) {
    super();
    this.#parts = parts;
  }

  /** SH5. @throws DomainError `not-live`, `forbidden`, `bad-request`, `too-large`, `rate-limited` */
  async take(account: Account, briefing: string, { type, bytes: source }: PictureUpload): Promise<Still> {
    const identity = this.#ownScreen(account, briefing);
    const wait = this.#limits.take(`${briefing} ${identity}`);
    if (wait > 0) throw tooOften('stills of a screen are taken every two seconds', wait);
    const bytes = await collect(source, STILL_BYTES);
    const size = pictureSize(type as (typeof slideTypes)[number], bytes);
    if (!size) throw refuse('bad-request', `this is no ${type}`);
    // While it came up another screen may have taken its place.
    if (this.#ownScreen(account, briefing) !== identity) throw noScreen();
    const before = this.#of(briefing);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const [width, height] = size;
    const at = this.#parts.now().toISOString();
    const still = { briefing, identity, nr: ++this.#nr, sha256, width, height, at };
    this.#kept.set(briefing, [...before, { still, image: { type, bytes } }].slice(-STILLS_KEPT));
    this.emit('taken', still);
    return still;
  }

  /** SH7. @throws DomainError `forbidden`, `outside-territory`, `not-live` */
  async follow({ briefing, account, seat: { identity } }: BriefingActor, on: boolean): Promise<Still | null> {
    demand(account, 'still.follow', { paths: this.#scope(account, briefing) });
    this.emit('follows', { briefing, identity, on });
    return on ? (this.last(briefing) ?? (await this.#lastElsewhere(briefing))) : null;
  }

  /** CL46: another node has taken one. */
  hear(still: Still): void {
    this.#tell(still);
    this.emit('heard', still);
  }

  /** SH7. @throws DomainError `forbidden`, `outside-territory`, `not-live`, `not-found` */
  async image(account: Account, briefing: string, sha256: string): Promise<SlideImage> {
    this.#scope(account, briefing);
    const found = this.imageHere(briefing, sha256) ?? (await this.#fetch(briefing, sha256));
    if (!found) throw refuse('not-found', 'this still is shown no more');
    return found;
  }

  /** The newest that this node has. */
  last(briefing: string): Still | undefined {
    return this.#of(briefing).at(-1)?.still;
  }

  imageHere(briefing: string, sha256: string): SlideImage | undefined {
    return this.#of(briefing).find(({ still }) => still.sha256 === sha256)?.image;
  }

  async #lastElsewhere(briefing: string): Promise<Still | null> {
    const told = this.#toldOf(briefing).at(-1);
    if (told) return told;
    const found = await this.#parts.elsewhere.last(briefing);
    if (found) this.#tell(found);
    return found;
  }

  #tell(still: Still): void {
    const before = this.#toldOf(still.briefing).filter(({ sha256 }) => sha256 !== still.sha256);
    this.#told.set(still.briefing, [...before, still].slice(-STILLS_KEPT));
  }

  /** Of the screen that is shown now. */
  #toldOf(briefing: string): readonly Still[] {
    const content = this.#parts.briefing(briefing) && this.#parts.content(briefing);
    const told = this.#told.get(briefing) ?? [];
    if (content?.kind === 'screen') return told.filter(({ identity }) => identity === content.identity);
    this.#told.delete(briefing);
    return [];
  }

  /** Once from the node that has it, however many ask; what nobody has told of nobody is asked for. */
  async #fetch(briefing: string, sha256: string): Promise<SlideImage | null> {
    if (!this.#toldOf(briefing).some((still) => still.sha256 === sha256)) return null;
    const id = `${briefing} ${sha256}`;
    const known = this.#fetched.get(id);
    if (known) return known;
    const image = this.#parts.elsewhere.image(briefing, sha256);
    this.#fetched.set(id, image);
    const forget = () => void this.#fetched.delete(id);
    image.then((found) => found ?? forget(), forget);
    for (const old of [...this.#fetched.keys()].slice(0, -STILLS_FETCHED)) this.#fetched.delete(old);
    return image;
  }

  /** SH6: what is shown is something else now. */
  forget(): void {
    for (const briefing of this.#kept.keys()) this.#of(briefing);
    for (const briefing of this.#told.keys()) this.#toldOf(briefing);
  }

  /** How many are in memory. */
  get size(): number {
    return [...this.#kept.values()].reduce((sum, { length }) => sum + length, 0);
  }

  #of(briefing: string): readonly Kept[] {
    const content = this.#parts.briefing(briefing) && this.#parts.content(briefing);
    const kept = this.#kept.get(briefing) ?? [];
    if (content?.kind === 'screen' && kept.every(({ still }) => still.identity === content.identity)) return kept;
    this.#kept.delete(briefing);
    return [];
  }

  /** CH15: one that the account may not be in is not open for it. */
  #scope(account: Account, briefing: string) {
    demand(account, 'briefing.join');
    const known = this.#parts.briefing(briefing);
    if (!known || may(account, 'briefing.join', { paths: known.scope }) !== 'allowed')
      throw refuse('not-live', 'the briefing is not open');
    return known.scope;
  }

  /** @returns the identity of the device whose screen is shown */
  #ownScreen(account: Account, briefing: string): string {
    const paths = this.#scope(account, briefing);
    const content = this.#parts.content(briefing);
    if (content?.kind !== 'screen') throw noScreen();
    const { identity } = content;
    const speaker = this.#parts.floors.get(briefing)?.speakers.find(({ seat }) => seat.identity === identity);
    if (!speaker) throw noScreen();
    demand(account, 'still.take', { paths, account: speaker.seat.account });
    return identity;
  }
}

const noScreen = () => refuse('forbidden', 'no screen of yours is shown');
