import { inLine } from '../../api/contract.ts';
import { plural } from '../../i18n/plural.ts';
import type { ChoosingWords } from './choosing.vi.ts';

export const en: ChoosingWords = {
  title: 'Choose units by the figure',
  open: 'Choose by a limit',
  rule: 'Rule',
  rules: {
    'at-least': 'From … up',
    'at-most': 'Down to …',
    late: 'Reported late',
    stale: 'Figures too old',
    contested: 'Contested',
    held: 'A newer value is held',
    none: 'No figures yet',
  },
  limit: (measure) => `Limit, ${measure}`,
  bad: {
    nothing: 'There is no limit yet.',
    form: 'This is no number. Write 1200 or 1,200, and fractions as 12.5.',
    decimals: 'This number has too many digits.',
  },
  counted: (units, place) => `${plural(units, 'unit')} in ${inLine(place)}`,
  nobody: 'No unit.',
  takeOut: (name) => `Take ${inLine(name)} out`,
  takeIn: (name) => `Take ${inLine(name)} in again`,
  takenOut: (units) => `${plural(units, 'unit')} taken out by hand`,
  freeze: (units) => `Freeze the list of ${plural(units, 'unit')}`,
  freezing: 'Freezing…',
  past: 'You look at the past: nothing is chosen, called or ordered from here. Go back to the present to act.',
  frozen: (units) => `List of ${plural(units, 'unit')}, frozen`,
  call: (name) => `Call ${inLine(name)}`,
  callNext: (running, next) => `End the call with ${inLine(running)}, call ${inLine(next)}`,
  answers: (name) => `Who answers for the figure in ${inLine(name)}`,
  listThrough: 'The list is through.',
  otherCall: 'Another call is on.',
  direct: (units) => `Give a directive to ${plural(units, 'unit')} of the list`,
  ask: (units) => `Ask ${plural(units, 'unit')} of the list`,
  preparing: 'The list to go along is being made…',
  csv: 'Save the list (CSV)',
  drop: 'Drop this list',
  more: (units) => `and ${units} more, all in the CSV file`,
};
