import type { OwnQuestion } from '../../api/contract.ts';
import { inLine } from '../../api/contract.ts';
import type { QuestionWords } from '../words/question.vi.ts';

/** Where a question stands, in a sentence of its own. */
export function sentenceOf({ state, desk }: Pick<OwnQuestion, 'state' | 'desk'>, t: QuestionWords): string {
  const at = desk === null ? null : inLine(desk);
  switch (state.kind) {
    case 'sent':
      return t.state.sent(at);
    case 'passed':
      return t.state.passed(at);
    case 'declined':
      return t.state.declined(state.why);
    default:
      return t.state[state.kind];
  }
}

/** It waits for something. */
export const isWaiting = ({ state }: Pick<OwnQuestion, 'state'>): boolean =>
  state.kind === 'sent' || state.kind === 'passed' || state.kind === 'chosen';
