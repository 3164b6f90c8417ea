import { plural } from '../../i18n/plural.ts';
import type { StagedWords } from './staged.vi.ts';

export const en: StagedWords = {
  simulated: 'SIMULATED FIGURES',
  period: {
    at: (hour) => `at ${hour}`,
    hours: (from, to) => `${from}–${to}`,
    of: (time, date) => `${time} on ${date}`,
    day: (date) => `on ${date}`,
    week: (date) => `week of ${date}`,
    month: (month) => `month ${month}`,
  },
  noValue: 'none yet',
  coverage: (counted, expected) => `${counted}/${plural(expected, 'unit')}`,
  asOf: (time) => `Updated ${time}`,
  oldest: (when) => `oldest from ${when}`,
  only: (value) => `all ${value}`,
  below: (value) => `under ${value}`,
  from: (value) => `${value} or more`,
  between: (from, to) => `${from} to under ${to}`,
  legend: 'Legend',
  highest: 'Highest',
  lowest: 'Lowest',
  columns: { unit: 'Unit', value: 'Value', coverage: 'Coverage', period: 'Period' },
  table: (name, root) => `${name}, ${root}`,
  seaOf: (province) => `(${province})`,
  countedIn: (province) => `if any, counted in ${province}`,
  noReport: 'no unit reports here',
  pointed: (name, value) => `Pointed at: ${name}, ${value}`,
  spoken: (name, root, period, value, coverage) =>
    `Figures shown: ${name}, ${root}${period}: ${value}, from ${coverage}.`,
  beside: 'Other figures',
  spokenBeside: (name, value, coverage) => `Also shown: ${name}: ${value}, from ${coverage}.`,
  spokenSimulated: 'These figures are simulated.',
  communesLater: 'Units by name are loading.',
  communesCome: (had, of) => `Units by name are loading: ${had} of ${of}.`,
};
