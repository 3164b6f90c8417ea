import { inLine } from '../../api/contract.ts';
import { plural } from '../../i18n/plural.ts';
import type { FigurePastWords } from './past.vi.ts';

export const en: FigurePastWords = {
  title: 'Look back',
  slider: 'Moment to look back to, with stops at acts on record',
  day: 'Day',
  now: 'Now',
  back: 'Back to now',
  before: 'Previous act: a directive, a call or a briefing',
  after: 'Next act: a directive, a call or a briefing',
  banner: (when) => `This is what was known at ${when}`,
  known: (n, when) => `by record ${n}, ${when}`,
  noActs: 'No unit can be called, asked or given a directive from the past.',
  nothing: 'No figures were on record then.',
  none: 'This figure had no value then.',
  loading: 'Loading…',
  failed: 'Could not be loaded. The page tries again by itself.',
  noStops: 'Nothing is on record on this day.',
  more: (shown) => `only the last ${plural(shown, 'act')} of the day`,
  kinds: {
    batch: (name) => `Figures from ${name}`,
    directive: (name, number) => `Directive ${number}: ${name}`,
    call: (name) => `Call to ${inLine(name)}`,
    opened: (name) => `Briefing opened: ${name}`,
    closed: (name) => `Briefing closed: ${name}`,
  },
  revised: {
    loading: 'Looking for revisions since then…',
    none: 'Nothing in this period has been revised since.',
    title: (units) => `Revised since then: ${plural(units, 'unit')}`,
    whole: (before, now) => `total ${before} then, ${now} now`,
    first: (shown, all) => `The ${shown} of ${plural(all, 'unit')} that changed most.`,
    otherwise: 'a change in the order of sources, or an act on figures',
    noReason: 'no reason given',
  },
};
