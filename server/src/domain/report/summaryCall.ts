import type { Call } from '../../protocol/floor.ts';
import type { BriefingSummary } from '../../protocol/report.ts';

/** RP9: a refusal has its time on record too, and is no answer. */
export function summaryCall({ unitName, state, ringingAt, answeredAt }: Call): BriefingSummary['calls'][number] {
  const answerSeconds =
    answeredAt === null || state === 'refused'
      ? null
      : Math.round((Date.parse(answeredAt) - Date.parse(ringingAt)) / 100) / 10;
  return { unitName, state, at: ringingAt, answerSeconds };
}
