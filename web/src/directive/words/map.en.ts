import { inLine } from '../../api/contract.ts';
import { plural } from '../../i18n/plural.ts';
import type { DirectiveMapWords } from './map.vi.ts';

export const en: DirectiveMapWords = {
  view: 'Map',
  standing: {
    done: 'Done',
    accepted: 'Accepted, in progress',
    read: 'Read, not answered',
    waiting: 'Not read',
    question: 'Has a question',
    refused: 'Cannot accept',
    recalled: 'Recalled',
  },
  overdue: 'Overdue (bold outline)',
  overdueOne: 'overdue',
  legend: 'Legend',
  tile: (name, done, accepted, of, overdue) =>
    `${name}: ${done} done, ${accepted} in progress, of ${plural(of, 'unit')}${overdue === undefined ? '' : `, ${overdue} overdue`}`,
  noAddressee: 'no addressee',
  archipelago: (name, province) => `${name} archipelago, ${province}`,
  call: (name) => `Call ${inLine(name)}`,
  failed: 'The map could not be loaded. The page tries again.',
};
