import { DomainError } from '../../protocol/errors.ts';
import type { UnitCode, UnitPath } from '../../protocol/organisation.ts';
import { type Coming, JoinCalendar } from './JoinCalendar.ts';
import { groupOf, type JoinWindow, joinWindows } from './joinWindows.ts';
import { AT_ONCE_MS, PLACE_LATE_MS } from './limits.ts';
import { PlacesAhead } from './PlacesAhead.ts';

/** When a device goes in: the same at every node, since the device brings it along, signed. */
export interface JoinPlace {
  readonly briefing: string;
  readonly identity: string;
  /** ms since 1970. */
  readonly at: number;
  /** The part of the country whose turn it is; undefined: nobody's in particular. */
  readonly group?: UnitPath | undefined;
  /** PL22: they have been in with it; who asks with it once more is back. */
  readonly entered?: true | undefined;
  /** PL22: it was given to somebody who is back. */
  readonly back?: true | undefined;
}

/** Makes a place something that a page can keep, and that nobody else can make. */
export interface PlaceSeal {
  close(place: JoinPlace): Promise<string>;
  /** undefined: not ours, or too old. */
  open(kept: string): Promise<JoinPlace | undefined>;
}

export interface JoinTurnsParts {
  /** Joins that one node takes, a second. */
  readonly perSecond: number;
  /** Nodes that let viewers in, this one too. */
  readonly nodes: () => number;
  /** Paths of the units that are expected in these subtrees. */
  readonly expected: (scope: readonly UnitPath[]) => Iterable<UnitPath>;
  readonly nameOf: (path: UnitPath) => string | undefined;
  /** PL18: they are called, or put where others see them. */
  readonly isWanted: (briefing: string, who: { readonly identity: string; readonly unit: UnitCode }) => boolean;
  readonly seal: PlaceSeal;
  readonly now: () => number;
}

export interface Arriving {
  readonly briefing: {
    readonly id: string;
    readonly stage: UnitPath;
    readonly scope: readonly UnitPath[];
    readonly openedAt: string | null;
    readonly epoch: number;
  };
  readonly identity: string;
  /** Whose device it is. */
  readonly account: string;
  readonly unit: { readonly code: UnitCode; readonly path: UnitPath };
  /** Never waits. */
  readonly atOnce: boolean;
  /** The place that this device says it was given. */
  readonly kept?: string | undefined;
}

/** PL16 to PL18, PL22: when more come than a node can take, each has a time, which it keeps. */
export class JoinTurns {
  readonly #parts: JoinTurnsParts;
  readonly #calendar: JoinCalendar;
  /** Whoever asks again without their place has the same one. */
  readonly #places = new Map<string, JoinPlace>();
  readonly #ahead = new PlacesAhead();
  readonly #windows = new Map<string, { epoch: number; nodes: number; of: ReadonlyMap<UnitPath, JoinWindow> }>();

  constructor(parts: JoinTurnsParts) {
    this.#parts = parts;
    this.#calendar = new JoinCalendar(parts.perSecond);
  }

  /**
   * @returns the place with which they come back at once, at any node
   * @throws DomainError `node-full` with the time, when it is not yet their turn, and with the place, unless many devices
   *   of the account wait already
   */
  async enter(coming: Arriving): Promise<string> {
    const { seal, now, isWanted } = this.#parts;
    const { briefing, identity, unit, kept } = coming;
    const arriving = { ...coming, atOnce: coming.atOnce || isWanted(briefing.id, { identity, unit: unit.code }) };
    const { atOnce } = arriving;
    // Whoever does not wait keeps no time that lies ahead: they would wait for it when their node has died.
    const mine = (place: JoinPlace | undefined) =>
      place?.briefing === briefing.id && place.identity === identity && !(atOnce && place.at > now())
        ? place
        : undefined;
    const given = mine(kept === undefined ? undefined : await seal.open(kept));
    const known = mine(this.#places.get(keyOf(arriving)));
    const brought = given && isGood(given, known, now()) ? given : undefined;
    const place = standing(brought, known) ?? this.#give(arriving, brought || known ? 'back' : 'new');
    const waitMs = place.at - now();
    if (waitMs <= AT_ONCE_MS) {
      const used: JoinPlace = { ...place, entered: true };
      this.#places.set(keyOf(arriving), used);
      return seal.close(used);
    }
    const closed = await seal.close(place);
    throw new DomainError('node-full', 'more come at this moment than can be let in at once', {
      retryAfterSeconds: Math.ceil(waitMs / 1_000),
      place: {
        kept: closed,
        at: new Date(place.at).toISOString(),
        of: (place.group !== undefined && this.#parts.nameOf(place.group)) || null,
        identity,
      },
    });
  }

  #give(arriving: Arriving, coming: Coming): JoinPlace {
    const now = this.#parts.now();
    this.#forget(now);
    const { briefing, identity, account, atOnce } = arriving;
    const first = this.#calendar.firstFree(now, coming);
    const isCrowded = !atOnce && first - now > AT_ONCE_MS;
    // The turns are for those who come, not for those who come back.
    const turn = isCrowded && coming === 'new' ? this.#turnOf(arriving) : undefined;
    const isAhead = turn !== undefined && turn.at > now;
    const at = atOnce ? now : isAhead ? this.#calendar.firstFree(turn.at, coming) : first;
    if (at - now > AT_ONCE_MS) this.#giveAhead(account, at, now);
    this.#calendar.take(at, now, coming);
    const place: JoinPlace = {
      ...{ briefing: briefing.id, identity, at },
      ...(isAhead && { group: turn.group }),
      ...(coming === 'back' && { back: true }),
    };
    // At the end of those that are remembered.
    this.#places.delete(keyOf(arriving));
    this.#places.set(keyOf(arriving), place);
    return place;
  }

  /** @throws DomainError `node-full` without a place */
  #giveAhead(account: string, at: number, now: number): void {
    const wait = this.#ahead.wait(account, now);
    if (wait > 0)
      throw new DomainError('node-full', 'many devices of this account wait already to be let in', {
        retryAfterSeconds: Math.ceil(wait / 1_000),
      });
    this.#ahead.give(account, at, now);
  }

  /** When the part of the country has its turn that this unit is of. */
  #turnOf({ briefing, unit: { path } }: Arriving): { readonly group: UnitPath; readonly at: number } | undefined {
    const group = groupOf(briefing.stage, path);
    if (briefing.openedAt === null || group === undefined) return undefined;
    const window = this.#windowsOf(briefing).get(group);
    return window && { group, at: Date.parse(briefing.openedAt) + window.fromMs };
  }

  #windowsOf({ id, epoch, stage, scope }: Arriving['briefing']): ReadonlyMap<UnitPath, JoinWindow> {
    const nodes = Math.max(1, this.#parts.nodes());
    const known = this.#windows.get(id);
    if (known?.epoch === epoch && known.nodes === nodes) return known.of;
    const of = joinWindows(stage, this.#parts.expected(scope), nodes * this.#parts.perSecond);
    this.#windows.set(id, { epoch, nodes, of });
    return of;
  }

  /** In the order in which they were given, which is nearly that of their times. */
  #forget(now: number): void {
    for (const [key, { at }] of this.#places) {
      if (at > now - PLACE_LATE_MS) return;
      this.#places.delete(key);
    }
  }
}

/** Whether a place lets somebody in: one that was not used at this node, and whose time is no more than some minutes ago. */
function isGood(brought: JoinPlace, known: JoinPlace | undefined, now: number): boolean {
  if (brought.entered) return true;
  return brought.at > now - PLACE_LATE_MS && !(known?.entered && brought.at <= known.at);
}

/** @param brought by the device @param known as this node remembers it @returns the time that was given and not used yet */
function standing(brought: JoinPlace | undefined, known: JoinPlace | undefined): JoinPlace | undefined {
  if (brought && !brought.entered) return brought;
  const isGiven = known && !known.entered && (known.back || !brought);
  return isGiven ? known : undefined;
}

const keyOf = ({ briefing, identity }: Arriving): string => `${briefing.id} ${identity}`;
