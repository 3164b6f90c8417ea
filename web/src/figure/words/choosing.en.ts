import { inLine } from '../../api/contract.ts';
import { plural } from '../../i18n/plural.ts';
import type { ChoosingWords } from './choosing.vi.ts';

export const en: ChoosingWords = {
  title: 'Select units by this figure',
  open: 'Select units by a limit',
  rule: 'Rule',
  rules: {
    'at-least': 'At least …',
    'at-most': 'At most …',
    late: 'Reported late',
    stale: 'Figures too old',
    contested: 'Contested',
    held: 'A newer value is held',
    none: 'No figures yet',
  },
  limit: (measure) => `Limit, ${measure}`,
  bad: {
    nothing: 'Enter a limit.',
    form: 'This is not a number. Write 1200 or 1,200, and decimals as 12.5.',
    decimals: 'This number has too many digits.',
  },
  counted: (units, place) => `${plural(units, 'unit')} in ${inLine(place)}`,
  nobody: 'No unit.',
  takeOut: (name) => `Leave out ${inLine(name)}`,
  takeIn: (name) => `Put ${inLine(name)} back`,
  takenOut: (units) => `${plural(units, 'unit')} left out by hand`,
  freeze: (units) => `Freeze the list of ${plural(units, 'unit')}`,
  freezing: 'Freezing…',
  past: 'You are looking at the past: no unit can be selected, called or given a directive from here. Return to the present to act.',
  frozen: (units) => `Frozen list of ${plural(units, 'unit')}`,
  call: (name) => `Call ${inLine(name)}`,
  callNext: (running, next) => `End the call with ${inLine(running)}, call ${inLine(next)}`,
  answers: (name) => `Who answers for the figure in ${inLine(name)}`,
  listThrough: 'The end of the list has been reached.',
  otherCall: 'Another call is in progress.',
  direct: (units) => `Give a directive to the ${plural(units, 'unit')} listed`,
  ask: (units) => `Ask the ${plural(units, 'unit')} listed`,
  preparing: 'Preparing the list to attach…',
  csv: 'Save the list (CSV)',
  drop: 'Drop this list',
  more: (units) => `and ${units} more; see the CSV file for all`,
};
