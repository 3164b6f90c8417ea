import { plural } from '../../i18n/plural.ts';
import type { FigureStageWords } from './stage.vi.ts';

export const en: FigureStageWords = {
  title: 'Stage',
  show: 'Put on stage',
  clear: 'Take off the stage',
  shown: 'Everybody sees this figure',
  other: (name) => `On the stage now: ${name}`,
  hidden: 'Nobody sees it now: the picture that all see has people alone',
  view: 'Form on the stage',
  views: { map: 'Map', series: 'Series', table: 'Table' },
  byName: (count) => `Show each unit by name (${count})`,
  confirmTitle: 'Show each unit by name on the stage?',
  confirmBody: (count) => `Everybody will see the values of ${plural(count, 'unit')}, each by name, as they are now.`,
  confirm: (count) => `Show ${plural(count, 'unit')}`,
  notStaged: 'This figure is not put on a stage.',
  pointing: 'Choose a unit to point at it for everybody.',
};
