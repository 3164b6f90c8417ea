import { plural } from '../../i18n/plural.ts';
import type { AskedWords } from './asked.vi.ts';

export const en: AskedWords = {
  title: 'The number that is asked for',
  round: 'Round',
  roundOf: (nr, label) => `Round ${nr}: ${label}`,
  asksNobody: 'This round asks no unit of the territory.',
  nobody: 'No number yet',
  from: (n, of) => `from ${n} of ${plural(of, 'unit')}`,
  left: (time) => `${time} left`,
  due: (time) => `time is up, late ones until ${time}`,
  closed: 'closed',
  at: (time) => `at ${time}`,
  offline: (time) => `no connection, as of ${time}`,
  silent: (n, place) => `Not in the sum yet in ${place}: ${n}`,
  allSaid: (place) => `All units in ${place} are in the sum.`,
  missing: (n) => `${n} missing`,
  more: (n) => `and ${n} more, all of them in the table`,
};
