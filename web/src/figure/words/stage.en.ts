import { plural } from '../../i18n/plural.ts';
import type { FigureStageWords } from './stage.vi.ts';

export const en: FigureStageWords = {
  title: 'Figures that all see',
  show: 'Show the figures',
  clear: 'Stop showing',
  shown: 'Everybody sees this figure',
  other: (name) => `Shown now: ${name}`,
  hidden: 'Nobody sees it now: the picture that all see has people alone',
  view: 'Shown as',
  views: { map: 'Map', series: 'Series', table: 'Table' },
  byName: (count) => `Show each unit by name (${count})`,
  confirmTitle: 'Show each unit by name?',
  confirmBody: (count) => `Everybody will see the values of ${plural(count, 'unit')}, each by name, as they are now.`,
  confirm: (count) => `Show ${plural(count, 'unit')}`,
  notStaged: 'This figure is not one to be shown.',
  beside: (n, most) => `Show other figures beside it (${n}/${most})`,
  besideHint: 'Each adds a card below: its value, coverage and course in the same territory.',
  pointing: 'Choose a unit to point at it for everybody.',
};
