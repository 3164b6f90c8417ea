import { inLine } from '../../api/contract.ts';
import { plural } from '../../i18n/plural.ts';
import type { SelectionWords } from './selection.vi.ts';

export const en: SelectionWords = {
  noValue: 'none yet',
  why: 'Why this unit',
  whyThese: 'Why these units',
  loading: 'Loading the figure in question…',
  failed: 'The figure in question could not be loaded.',
  atLeast: (value) => `${value} or more`,
  atMost: (value) => `${value} or less`,
  rules: {
    late: 'reported late',
    stale: 'figures too old',
    contested: 'contested',
    held: 'a newer value awaits review',
    none: 'no figures yet',
  },
  state: {
    fresh: 'on time',
    late: 'late',
    stale: 'too old, not counted',
    none: 'none yet',
    held: 'a newer value awaits review',
    contested: 'contested',
  },
  until: (when) => `figures up to ${when}`,
  since: (when) => `known since ${when}`,
  chosen: (name, rule, units, place, when) =>
    `${name}: ${rule}, ${plural(units, 'unit')} in ${inLine(place)}, frozen at ${when}`,
  chosenOne: (name, rule, when) => `${name}: ${rule}, frozen at ${when}`,
  record: (n) => `record N = ${n}`,
  simulated: 'SIMULATED FIGURES',
};
