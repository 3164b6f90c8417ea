import { plural } from '../../i18n/plural.ts';
import type { AskedWords } from './asked.vi.ts';

export const en: AskedWords = {
  title: 'Number asked for',
  round: 'Round',
  roundOf: (nr, label) => `Round ${nr}: ${label}`,
  asksNobody: 'This round asks no unit in the territory.',
  nobody: 'No number yet',
  from: (n, of) => `from ${n} of ${plural(of, 'unit')}`,
  left: (time) => `${time} left`,
  due: (time) => `time is up; late answers until ${time}`,
  closed: 'closed',
  at: (time) => `at ${time}`,
  offline: (time) => `no connection, as of ${time}`,
  silent: (n, place) => `${place}: ${n} not in the total yet`,
  allSaid: (place) => `${place}: all units are in the total.`,
  missing: (n) => `${n} missing`,
  more: (n) => `and ${n} more; see the table for all`,
};
