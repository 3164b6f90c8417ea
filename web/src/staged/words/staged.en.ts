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
  oldest: (when) => `oldest ${when}`,
  only: (value) => `all ${value}`,
  below: (value) => `below ${value}`,
  from: (value) => `from ${value}`,
  between: (from, to) => `${from} to below ${to}`,
  legend: 'Legend',
  highest: 'Highest',
  lowest: 'Lowest',
  columns: { unit: 'Unit', value: 'Value', coverage: 'Coverage', period: 'Period' },
  table: (name, root) => `${name}, ${root}`,
  seaOf: (province) => `(${province})`,
  countedIn: (province) => `if any, counted in ${province}`,
  noReport: 'no unit reports',
  pointed: (name, value) => `Pointed at: ${name}, ${value}`,
  spoken: (name, root, period, value, coverage) =>
    `Figures are shown: ${name}, ${root}${period}: ${value}, of ${coverage}.`,
  beside: 'Figures beside it',
  spokenBeside: (name, value, coverage) => `Beside it: ${name}: ${value}, from ${coverage}.`,
  spokenSimulated: 'These figures are simulated.',
  communesLater: 'Each unit is on its way by name.',
  communesCome: (had, of) => `Each unit is on its way by name: ${had} of ${of}.`,
};
