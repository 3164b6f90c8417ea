import { assertNever } from '../../lib/assertNever.ts';
import { type DomainError, refuse } from '../../protocol/errors.ts';
import { codeOf, type Role, type UnitPath, within } from '../../protocol/organisation.ts';
import type { Actor } from './actor.ts';
import { type Act, type Reach, rules } from './rightsTable.ts';

/** What is acted on. */
export interface Target {
  /** Where it stands: a unit, or all the subtrees of a briefing. Never empty. */
  readonly paths: readonly UnitPath[];
  /** Whose seat, hand or link it is. */
  readonly account?: string;
  /** The role of that account; asked for by acts that not everybody may do to everybody. */
  readonly role?: Role;
  /** FG38: of which indicators; undefined: of whichever there are. */
  readonly indicators?: readonly string[];
  /** FG92: leaders of so many tiers from the root; undefined: of all. */
  readonly seenBy?: number | undefined;
}

export type Verdict = 'allowed' | 'forbidden' | 'outside-territory';

/**
 * May they? Without a target: may their role at all (what a page shows buttons for). Pure.
 * `forbidden`: their role may not, or not to such an account. `outside-territory`: it may, but not there.
 */
export function may(actor: Actor, act: Act, target?: Target): Verdict {
  const grant = rules[act][actor.role];
  if (grant === undefined) return 'forbidden';
  if (target === undefined) return 'allowed';
  const { reach, over } = typeof grant === 'string' ? { reach: grant, over: undefined } : grant;
  if (reach === 'listed' && !isListed(actor, target)) return 'forbidden';
  if (!isHighEnough(actor, target)) return 'forbidden';
  if (!reaches(actor, reach, target)) return reach === 'own' ? 'forbidden' : 'outside-territory';
  if (over && target.account !== actor.id && !(target.role && over.includes(target.role))) return 'forbidden';
  return 'allowed';
}

function reaches(actor: Actor, reach: Reach, target: Target): boolean {
  const home = actor.unit.path;
  switch (reach) {
    case 'territory':
    case 'listed':
      return target.paths.length > 0 && target.paths.every((path) => within(path, home));
    case 'unit':
      return target.paths.length > 0 && target.paths.every((path) => path === home);
    case 'scope':
      return target.paths.some((path) => within(home, path) || within(path, home));
    case 'own':
      return target.account === actor.id;
    default:
      return assertNever(reach);
  }
}

/** FG38: all that it is about. */
const isListed = ({ indicators: own }: Actor, { indicators }: Target): boolean =>
  indicators !== undefined && indicators.length > 0 && indicators.every((code) => own?.includes(code) === true);

/** FG92, FG145: a seat is above nobody, and a steward has what they answer for, wherever they sit. */
const isHighEnough = (actor: Actor, { seenBy }: Target): boolean =>
  seenBy === undefined ||
  actor.role === 'steward' ||
  (!isKeptFrom(actor, { seenBy }) && actor.unit.path.split('.').length <= seenBy);

/** FG145: whether an indicator is for a seat as if there were none. */
export const isKeptFrom = ({ role }: Pick<Actor, 'role'>, { seenBy }: Pick<Target, 'seenBy'>): boolean =>
  role === 'seat' && seenBy !== undefined;

/** @throws DomainError `forbidden` or `outside-territory` */
export function demand(actor: Actor, act: Act, target?: Target): void {
  const verdict = may(actor, act, target);
  if (verdict === 'forbidden') throw refuse('forbidden', `a ${actor.role} may not do this (${act})`);
  if (verdict === 'outside-territory') throw refuse('outside-territory', `${act} reaches outside your territory`);
}

/** Whether their role may do one of these at all, wherever. @throws DomainError `forbidden` */
export function demandAny(actor: Actor, acts: readonly Act[]): void {
  if (!acts.some((act) => may(actor, act) === 'allowed'))
    throw refuse('forbidden', `a ${actor.role} may not do this (${acts.join(', ')})`);
}

/**
 * PN2: who may choose what all see of a stage.
 * @throws DomainError `forbidden` or `outside-territory`
 */
export function demandProducing(
  actor: Actor,
  briefing: { readonly stage: UnitPath; readonly producers: readonly string[] },
  act: Act = 'programme.set',
): void {
  demand(actor, act, at(briefing.stage));
  if (actor.role === 'principal' || briefing.producers.includes(actor.id)) return;
  throw refuse('forbidden', 'this moderator is none of the producers of this briefing');
}

/**
 * FL38: who may give somebody on a stage their time. The briefing's own is produced, that of a unit is led.
 * @param stage that of a unit; undefined: the briefing's own
 * @throws DomainError `forbidden` or `outside-territory`
 */
export function demandTiming(
  actor: Actor,
  briefing: { readonly stage: UnitPath; readonly producers: readonly string[] },
  stage: UnitPath | undefined,
): void {
  if (stage === undefined) demandProducing(actor, briefing);
  else demand(actor, 'seat.timer', at(stage));
}

/** Of these, what lies in the territory of the actor. */
export const partOf = (actor: Actor, paths: readonly UnitPath[]): UnitPath[] =>
  paths.filter((path) => within(path, actor.unit.path));

/** Roles that act on units below their own. */
const overOthers: readonly Role[] = ['principal', 'moderator', 'operator', 'steward'];

/**
 * RT8: a role that acts on the units below is given only where there are some, or at the root, whose tree may come later.
 * Elsewhere it would be over nobody but its own unit: who is asked would also see the digits, and confirm themselves.
 * @throws DomainError `bad-request`
 */
export function demandSense(role: Role, unit: { readonly path: UnitPath; readonly hasUnitsBelow: boolean }): void {
  if (overOthers.includes(role) && !unit.hasUnitsBelow && unit.path.includes('.'))
    throw refuse('bad-request', `a ${role} has units below their own; ${codeOf(unit.path)} has none: it has seats`);
}

/** FG38: a steward answers for some indicators, and nobody else is given any. @throws DomainError `bad-request` */
export function demandIndicators(role: Role, indicators: readonly string[] | undefined): void {
  if (role === 'steward' && !indicators?.length) throw refuse('bad-request', 'a steward answers for some indicators');
  if (role !== 'steward' && indicators !== undefined)
    throw refuse('bad-request', `a ${role} answers for no indicators by name`);
}

/**
 * BR8: who chooses what all see without being a principal: a moderator, enabled today, who may be in the briefing.
 * @throws DomainError `bad-request`
 */
export function demandProducer(account: Actor | undefined, scope: readonly UnitPath[]): void {
  if (account?.role !== 'moderator') throw refuse('bad-request', 'a producer is a moderator whose account is enabled');
  if (may(account, 'briefing.join', { paths: scope }) !== 'allowed')
    throw refuse('bad-request', 'a producer is somebody who may join the briefing');
}

/** A target that is one unit. */
export const at = (path: UnitPath): Target => ({ paths: [path] });

/** FG38: figures of one unit, or of its territory. */
export const figuresOf = (indicators: readonly string[], path: UnitPath): Target => ({ paths: [path], indicators });

/** FG92: figures of one indicator, of a unit or its territory. */
export const figureOf = (
  { code, seenBy }: { readonly code: string; readonly seenBy?: number | undefined },
  path: UnitPath,
): Target => ({ ...figuresOf([code], path), seenBy });

/** FG92, FG145. @throws DomainError `not-found`, `forbidden`, `outside-territory` */
export function demandFigure(actor: Actor, act: Act, of: Parameters<typeof figureOf>[0], path: UnitPath): void {
  if (isKeptFrom(actor, of)) throw noIndicator(of.code);
  demand(actor, act, figureOf(of, path));
}

/** The same words for what is not there, and for what is not to be known of. */
export const noIndicator = (code: string): DomainError =>
  refuse('not-found', { vi: `Không có chỉ tiêu ${code}`, en: `there is no indicator ${code}` });

/** What the account may do at all, for `session.acts`. */
export const allowedActs = (actor: Actor): Act[] =>
  (Object.keys(rules) as Act[]).filter((act) => may(actor, act) === 'allowed');
