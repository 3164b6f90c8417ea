import type { Directive, Follow, FollowState } from '../../protocol/directive.ts';
import { recallAsks } from './follow.ts';

/** What still asks something of the unit (DR14), as long as the directive was not superseded. */
export const openStates: readonly FollowState[] = [...recallAsks, 'recall-asked', 'recall-refused'];

/** States that a passed deadline makes overdue (DR21). */
export const overdueStates: readonly FollowState[] = openStates.filter((state) => state !== 'recall-asked');

/** DR21; times in milliseconds. */
export function timingOf(
  { state, doneAt }: { readonly state: FollowState; readonly doneAt: number | null },
  directive: { readonly deadline: number | null; readonly state: Directive['state'] },
  now: number,
): Follow['timing'] {
  const { deadline } = directive;
  if (deadline === null) return 'none';
  if (doneAt !== null) return doneAt <= deadline ? 'on-time' : 'late';
  if (directive.state === 'superseded' || now <= deadline) return 'none';
  return overdueStates.includes(state) ? 'overdue' : 'none';
}

const axis: Readonly<Record<Exclude<FollowState, 'acknowledged'>, Follow['axis']>> = {
  sent: null,
  delivered: '01',
  read: '01',
  question: '01',
  refused: '02',
  'in-progress': '05',
  done: '06',
  'recall-asked': '13',
  recalled: '15',
  'recall-refused': '16',
};

/** DR22: the national document axis. Who does it until when is an assignment; without a date it is accepted. */
export function axisOf(state: FollowState, promised: string | null): Follow['axis'] {
  if (state === 'acknowledged') return promised === null ? '03' : '04';
  return axis[state];
}

const VIET_NAM_MS = 7 * 3_600_000;
/** DR1: the year in which a directive is numbered, by the calendar in Viet Nam. */
export const yearOf = (at: Date): number => new Date(at.getTime() + VIET_NAM_MS).getUTCFullYear();
