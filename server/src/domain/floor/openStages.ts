import { refuse } from '../../protocol/errors.ts';
import type { Seat } from '../../protocol/floor.ts';
import type { UnitPath } from '../../protocol/organisation.ts';
import { takesPart } from '../shared/stages.ts';
import { isBelow } from '../shared/territory.ts';
import { type FloorChange, type Gather, speakerOf } from './FloorState.ts';
import type { Moment } from './ports.ts';
import { leaveStage, placed, refuseRemoved, requireLive } from './stageActs.ts';

/** The unit whose stage it is. */
export interface StageUnit {
  readonly code: string;
  readonly path: UnitPath;
  readonly name: string;
}

/**
 * TR1: from now on the unit has a stage, which its subtree is shown as soon as somebody stands there; at once, if an
 * official of the unit itself opens it.
 * @throws DomainError `bad-request`, `not-found`, `conflict`, `not-live`, `briefing-closed`
 */
export function openStage(moment: Moment, { code, path, name }: StageUnit, opener: Seat): FloorChange[] {
  requireLive(moment);
  const { floor, briefing } = moment;
  if (path === briefing.stage) throw refuse('bad-request', `the stage of ${name} is that of the briefing itself`);
  if (!isBelow(path, briefing.stage) || !takesPart(path, briefing.scope))
    throw refuse('not-found', `${name} does not belong to this briefing`);
  if (floor.stages.some((s) => s.path === path)) return [];
  return [
    ...opened(moment, { code, path, name }, opener.name),
    ...(opener.unit === code ? inChair(moment, opener, path) : []),
  ];
}

/** TR1: the stage is there, and shown to its subtree. */
export const opened = ({ now }: Moment, { code, path, name }: StageUnit, by: string): FloorChange[] => [
  { kind: 'stage', stage: { unit: code, path, name, since: now.toISOString(), by } },
  { kind: 'main', path, stage: path },
];

function inChair(moment: Moment, opener: Seat, stage: UnitPath): FloorChange[] {
  refuseRemoved(moment, opener.identity);
  const speaker = speakerOf(moment.floor, opener.identity);
  // From the green room they send already, and a room opens with nobody's picture or voice.
  if (speaker) throw refuse('conflict', 'this device is on another stage or waits for one, and leaves that first');
  return placed(moment, opener, 'stage', null, stage);
}

/** TR3: they end, and with each everything that stands on it; what was chosen for subtrees goes back to what is above. */
export const closeStages = (moment: Moment, paths: readonly UnitPath[]): FloorChange[] =>
  paths.flatMap((path) => closeStage(moment, path, paths));

function closeStage(moment: Moment, path: UnitPath, ending: readonly UnitPath[]): FloorChange[] {
  const { floor, now } = moment;
  if (!floor.stages.some((s) => s.path === path)) return [];
  const endedAt = now.toISOString();
  return [
    ...floor.hands
      .filter((h) => h.stage === path)
      .map(({ seat }): FloorChange => ({ kind: 'hand-down', identity: seat.identity })),
    ...floor.speakers.filter((s) => s.stage === path).flatMap((speaker) => leaveStage(moment, speaker, { ending })),
    ...floor.calls
      .filter((call) => call.stage === path && call.state === 'ringing')
      .map((call): FloorChange => ({ kind: 'call', call: { ...call, state: 'cancelled', endedAt } })),
    ...floor.entered
      .filter((e) => e.stage === path)
      .map(({ identity }): FloorChange => ({ kind: 'entered', identity, stage: null })),
    ...floor.mains
      .filter((m) => m.stage === path)
      .map((m): FloorChange => ({ kind: 'main', path: m.path, stage: null })),
    ...floor.gathers.filter((g) => g.path === path).map((g) => said(g, { eyes: false, backAt: null })),
    { kind: 'stage-off', path },
  ];
}

export const said = (gather: Gather, change: Partial<Gather>): FloorChange => {
  return { kind: 'gather', gather: { ...gather, ...change } };
};

/**
 * TR5: an official looks at an open stage; null: at what their unit is shown.
 * @throws DomainError `not-found`, `not-live`, `briefing-closed`
 */
export function enterStage(moment: Moment, identity: string, path: UnitPath | null): FloorChange[] {
  requireLive(moment);
  refuseRemoved(moment, identity);
  const { floor, briefing } = moment;
  const now = floor.entered.find((e) => e.identity === identity)?.stage ?? null;
  if (path === now) return [];
  if (path !== null && path !== briefing.stage && !floor.stages.some((s) => s.path === path))
    throw refuse('not-found', 'this stage is not open');
  return [{ kind: 'entered', identity, stage: path }];
}
