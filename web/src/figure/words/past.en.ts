import { inLine } from '../../api/contract.ts';
import { plural } from '../../i18n/plural.ts';
import type { FigurePastWords } from './past.vi.ts';

export const en: FigurePastWords = {
  title: 'Look back',
  slider: 'Moment to look back to, with stops at what is on record',
  day: 'Day',
  now: 'Now',
  back: 'Back to now',
  before: 'The act before: a directive, a call or a briefing',
  after: 'The act after: a directive, a call or a briefing',
  banner: (when) => `You see what was known at ${when}`,
  known: (n, when) => `by record ${n}, ${when}`,
  noActs: 'Nobody is called, asked or directed from the past.',
  nothing: 'No figures were on record then.',
  none: 'This figure had no value then.',
  loading: 'Reading…',
  failed: 'It could not be read. The page tries again by itself.',
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
    loading: 'Looking for what was revised since…',
    none: 'Nothing of this period was revised since.',
    title: (units) => `Revised since then: ${plural(units, 'unit')}`,
    whole: (before, now) => `the whole ${before}, now ${now}`,
    first: (shown, all) => `Of ${plural(all, 'unit')} the ${shown} that changed most.`,
    otherwise: 'other order of sources, or an act on figures',
    noReason: 'no reason given',
  },
};
