import type { UnitPath } from '../../protocol/organisation.ts';
import type { HeldSession } from '../../protocol/report.ts';
import { sessionsOf } from '../minutes/sessions.ts';
import { isOfStages, type StageAct } from '../minutes/speeches.ts';
import { liesIn } from '../shared/territory.ts';
import type { SessionRecord } from './ports.ts';

/** TR18: a session as its reports have it. */
export interface SessionOnRecord extends HeldSession {
  readonly path: UnitPath;
}

/** Until when the record of a briefing goes. */
export const endOf = ({ closedAt, now }: Pick<SessionRecord, 'closedAt' | 'now'>): string => closedAt ?? now;

/** TR18: those of a territory in which somebody stood, in the order of their beginnings. Pure. */
export function heldSessions(record: SessionRecord, territory: UnitPath): SessionOnRecord[] {
  const acts = ofStages(record);
  const home = new Set([territory]);
  const running = record.closedAt === null ? openAfter(acts) : new Set<UnitPath>();
  return sessionsOf(acts, endOf(record))
    .filter(({ path }) => liesIn(path, home))
    .map(({ times, ...session }) => {
      const goesOn = (i: number) => running.has(session.path) && i === times.length - 1;
      return { ...session, times: times.map((time, i) => (goesOn(i) ? { ...time, to: null } : time)) };
    });
}

/** TR17, TR18: whether something of its territory alone began in it. */
export function isOfSession(
  { path, times }: SessionOnRecord,
  thing: { readonly at: Date; readonly paths: readonly UnitPath[] },
): boolean {
  const at = thing.at.getTime();
  const isDuring = ({ from, to }: SessionOnRecord['times'][number]) =>
    Date.parse(from) <= at && (to === null || at <= Date.parse(to));
  const home = new Set([path]);
  return thing.paths.every((of) => liesIn(of, home)) && times.some(isDuring);
}

/** What the acts say of stages, and of who is on them. */
export const ofStages = ({ acts }: Pick<SessionRecord, 'acts'>): StageAct[] =>
  acts.map(({ at, changes }) => ({
    at: at.toISOString(),
    changes: changes.filter(isOfStages),
  }));

function openAfter(acts: readonly StageAct[]): ReadonlySet<UnitPath> {
  const open = new Set<UnitPath>();
  for (const { changes } of acts)
    for (const change of changes) {
      if (change.kind === 'stage') open.add(change.stage.path);
      if (change.kind === 'stage-off') open.delete(change.path);
    }
  return open;
}
