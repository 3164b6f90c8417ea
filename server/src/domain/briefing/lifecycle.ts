import { assertNever } from '../../lib/assertNever.ts';
import type { Briefing, BriefingState } from '../../protocol/briefing.ts';
import type { BriefingAct } from './ports.ts';

/** scheduled -> open -> live -> closed; doors that never opened, or that nobody went live behind, may be closed too. */
function target(act: BriefingAct): BriefingState {
  switch (act) {
    case 'open':
      return 'open';
    case 'live':
      return 'live';
    case 'close':
      return 'closed';
    default:
      return assertNever(act);
  }
}

const from: Readonly<Record<BriefingAct, readonly BriefingState[]>> = {
  open: ['scheduled'],
  // Going live opens doors that are still shut.
  live: ['scheduled', 'open'],
  close: ['scheduled', 'open', 'live'],
};

/** `repeat`: it is so already. */
export function transition(state: BriefingState, act: BriefingAct): 'step' | 'repeat' | 'refused' {
  if (state === target(act)) return 'repeat';
  return from[act].includes(state) ? 'step' : 'refused';
}

export const isBriefingRunning = (briefing: Pick<Briefing, 'state'>): boolean =>
  briefing.state === 'open' || briefing.state === 'live';
