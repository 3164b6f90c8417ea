import { isDeepStrictEqual } from 'node:util';
import type { Briefing, ChangeBriefing, ScheduleNotice } from '../../protocol/briefing.ts';
import { refuse } from '../../protocol/errors.ts';
import type { UnitPath } from '../../protocol/organisation.ts';
import type { Plan } from './ports.ts';

/** A scope as the tree has it, and how many it expects. */
export interface PlannedScope {
  readonly scope: readonly UnitPath[];
  readonly expected: number;
}

/**
 * BR7: the plan after a change, and what the doors say of it. Who is expected is frozen with the doors; a briefing that
 * is live has begun, so its time stays.
 * @param place the new scope, where another is wanted
 * @throws DomainError `conflict`, `briefing-closed`
 */
export function planChange(
  now: Briefing,
  wanted: Omit<ChangeBriefing, 'scope'>,
  place?: PlannedScope,
): 'same' | { readonly plan: Plan; readonly notice: Omit<ScheduleNotice, 'at'> } {
  if (now.state === 'closed') throw refuse('briefing-closed', 'this briefing is over');
  demandEpoch(now, wanted.epoch);
  const { title, stage, scope, scheduledAt, expected, agenda, producers, language } = now;
  const before: Plan = { title, stage, scope, scheduledAt, expected, agenda, producers, language };
  const plan: Plan = {
    ...{ ...before, title: wanted.title ?? title, agenda: wanted.agenda ?? agenda },
    ...(place && !isDeepStrictEqual(place.scope, scope) && place),
    ...{ producers: wanted.producers ?? producers, language: wanted.language ?? language },
    scheduledAt: wanted.scheduledAt ?? scheduledAt,
  };
  if (isDeepStrictEqual(sameMoment(plan), sameMoment(before))) return 'same';
  if (now.state !== 'scheduled' && !isDeepStrictEqual(plan.scope, scope))
    throw refuse('conflict', 'the doors are open: who is expected stays as it is');
  const isMoved = Date.parse(plan.scheduledAt) !== Date.parse(scheduledAt);
  if (isMoved && now.state === 'live') throw refuse('conflict', 'the briefing has begun: its time stays as it is');
  const { reason } = wanted;
  return { plan, notice: { kind: isMoved ? 'moved' : 'changed', reason, from: isMoved ? scheduledAt : null } };
}

/** BR9: what has begun is ended, not called off. @throws DomainError `conflict`, `briefing-closed` */
export function demandCancellable(now: Briefing, epoch: number): void {
  if (now.state === 'closed') throw refuse('briefing-closed', 'this briefing is over');
  if (now.state === 'live') throw refuse('conflict', 'the briefing has begun: it can be ended');
  demandEpoch(now, epoch);
}

function demandEpoch(now: Briefing, epoch: number): void {
  if (epoch !== now.epoch) throw refuse('conflict', 'the briefing changed in the meantime');
}

const sameMoment = (plan: Plan) => ({ ...plan, scheduledAt: Date.parse(plan.scheduledAt) });
