import type { BriefingSummary } from '../../protocol/report.ts';
import { stateOf } from './facts.ts';
import type { AskedQuestion } from './ports.ts';

/** QU14 */
export function countQuestions(questions: readonly AskedQuestion[]): BriefingSummary['questions'] {
  const count = { asked: questions.length, air: 0, written: 0, declined: 0, open: 0 };
  for (const { counts } of questions) {
    const state = stateOf(counts);
    if (state.kind === 'answered') count[state.air ? 'air' : 'written'] += 1;
    else count[state.kind === 'declined' ? 'declined' : 'open'] += 1;
  }
  return count;
}
