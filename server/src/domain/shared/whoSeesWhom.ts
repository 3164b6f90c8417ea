import { assertNever } from '../../lib/assertNever.ts';
import { type Role, type UnitCode, type UnitPath, within } from '../../protocol/organisation.ts';
import type { StagePlace } from './stage.ts';
import type { StageRelation } from './stages.ts';
import { upFrom } from './territory.ts';

/**
 * Who may see what: what the order channel tells unasked, which tracks the hall forwards, and how far a list is cut.
 * Whether somebody may ask for a list at all is a right, in `rights.ts`. LiveKit's RoomService is for programs with a
 * key of this installation, who see everybody in rooms of their own, and nothing of a briefing (EN6). Everything here is
 * pure.
 */

/** Who looks: a seat, or somebody with an account (`viewerOf`). */
export interface Viewer {
  readonly role: Role;
  readonly unit: UnitCode;
  readonly path: UnitPath;
}

export const viewerOf = (account: {
  readonly role: Role;
  readonly unit: { readonly code: UnitCode; readonly path: UnitPath };
}): Viewer => ({ role: account.role, unit: account.unit.code, path: account.unit.path });

/** Whether somebody still stands where they stood, so that what they were told to hear is still theirs. */
export const standsAsBefore = (now: Viewer, before: Viewer): boolean =>
  now.path === before.path && now.unit === before.unit && now.role === before.role;

/** How far somebody sees: officials over a territory, everybody else over a unit. The same sight sees the same. */
export type Sight =
  | { readonly of: 'official'; readonly territory: UnitPath }
  /** null: a unit that has nothing of its own to see. */
  | { readonly of: 'unit'; readonly unit: UnitCode | null };

/** Principals and moderators. The role may come from a token, and be none of ours. */
export const isOfficial = (role: string): boolean => role === 'principal' || role === 'moderator';

/** SN4: something that shows a stage, and is nobody. */
export const isScreen = (role: string): boolean => role === 'screen';

/** LK7: whose accounts are given codes on slips; a principal and an operator sign in by themselves alone. */
export const mayUseCode = (role: Role): boolean => role === 'seat';

/** MN4: who on stage is in the chair. */
export const isInChair = ({ role }: { readonly role: Role }): boolean => role === 'principal';

/** FL38: whose stage it is: a principal of its unit or above. */
export const leadsStage = (official: { readonly role: Role; readonly path: UnitPath }, stage: UnitPath): boolean =>
  isInChair(official) && within(stage, official.path);

/** SH2: what they begin to show takes the place of what others show. */
export const takesPlace = ({ role }: { readonly role: Role }): boolean => role === 'principal';

export const sightOf = ({ role, unit, path }: Viewer): Sight =>
  isOfficial(role) ? { of: 'official', territory: path } : { of: 'unit', unit: isScreen(role) ? null : unit };

/**
 * The territory of whose units somebody is told in numbers (presence, rounds, directives) and of whose things they
 * hear; undefined: they see their own unit alone.
 */
export const territorySeen = ({ role, path }: Viewer): UnitPath | undefined => (isOfficial(role) ? path : undefined);

/** Something in a briefing that belongs to a unit. */
export interface Owned {
  readonly unit: UnitCode;
  readonly path: UnitPath;
}

type Extent = 'everywhere' | 'own' | 'nowhere';
/** The one table of sight. `own`: in the territory of an official, of the unit itself for everybody else. */
const extents = {
  /** Who is on stage, or held there while the line is down. */
  stage: { official: 'everywhere', unit: 'everywhere' },
  /** Who is in the green room. */
  green: { official: 'own', unit: 'own' },
  hand: { official: 'own', unit: 'own' },
  /** TR18: that an official had entered a stage to look on. */
  look: { official: 'own', unit: 'nowhere' },
  /** A call that rings or goes on. */
  call: { official: 'own', unit: 'own' },
} as const satisfies Readonly<Record<string, Readonly<Record<Sight['of'], Extent>>>>;

export function sees(sight: Sight, what: keyof typeof extents, thing: Owned): boolean {
  const extent: Extent = extents[what][sight.of];
  if (extent !== 'own') return extent === 'everywhere';
  return sight.of === 'official' ? within(thing.path, sight.territory) : thing.unit === sight.unit;
}

/** Territories whose officials see what belongs to the unit there, the widest first. */
export const territoriesOver = (path: UnitPath): UnitPath[] => [...upFrom(path)].reverse();

/**
 * How the tracks of a device are forwarded: not at all; negotiated and paused until it goes on air (warm); so, but for a
 * small picture of its camera for who wants one (aside); or live.
 */
export type Forwarding = 'none' | 'warm' | 'aside' | 'live';
/**
 * TR1, TR2, TR16: of another's stage nothing; one above the own is ready, and silent, so that a cut to it needs no offer.
 * Audiences do not see each other. The officials above a unit see and hear its green room, nobody else does: others
 * have it ready, so that the cut is quick, and without being told whose it is (`isNamed`).
 */
export function forwardingFrom(
  place: StagePlace,
  owner: Owned,
  viewer: Sight,
  relation: StageRelation = 'main',
): Forwarding {
  if (relation === 'none' || place === 'audience') return 'none';
  if (relation === 'aside') return place === 'stage' ? 'aside' : 'warm';
  switch (place) {
    case 'green':
      return viewer.of === 'official' && sees(viewer, 'green', owner) ? 'live' : 'warm';
    case 'stage':
      return 'live';
    default:
      return assertNever(place);
  }
}

/**
 * Whether a viewer knows a device by its own identity, which tells the unit. It is the same on stage as in the green
 * room: a client can't be told another identity of a track that it has.
 */
export const isNamed = (owner: Owned, viewer: Sight): boolean => sees(viewer, 'green', owner);

/** Whether others are told that a device is there. */
export const isAnnounced = (place: StagePlace): boolean => place !== 'audience';

/** RC17: a round is seen by the units that it asks, and by officials of a territory in which one of them lies. */
export const seesRound = (
  viewer: Viewer,
  round: { asks(unit: UnitCode): boolean; reaches(territory: UnitPath): boolean },
): boolean => round.asks(viewer.unit) || (isOfficial(viewer.role) && round.reaches(viewer.path));

/** RC21: from which device and address a record of a unit came: of its own people's, they and officials; else officials. */
export const seesSender = (reader: { readonly role: Role }, fromUnit: boolean): boolean =>
  isOfficial(reader.role) || fromUnit;

/** Why somebody may read a directive. */
export type Claim =
  /** It was issued in their territory. */
  | 'issuer'
  /** Their unit is an addressee. */
  | 'addressee'
  /** An addressee lies in their territory. */
  | 'territory';
/** DR13: what would let them read it; the list of addressees is asked in this order. */
export function claimsOn({ issuer }: { readonly issuer: { readonly path: UnitPath } }, viewer: Viewer): Claim[] {
  if (viewer.role === 'operator' || viewer.role === 'steward' || isScreen(viewer.role)) return [];
  if (!isOfficial(viewer.role)) return ['addressee'];
  return within(issuer.path, viewer.path) ? ['issuer'] : ['addressee', 'territory'];
}
