import { plural } from '../../i18n/plural.ts';
import type { FigureStageWords } from './stage.vi.ts';

export const en: FigureStageWords = {
  title: 'Figures shown to everyone',
  show: 'Show the figures',
  clear: 'Stop showing',
  shown: 'Everyone sees this figure',
  other: (name) => `Shown now: ${name}`,
  hidden: 'Nobody sees it now: the current picture shows people only',
  view: 'Shown as',
  views: { map: 'Map', series: 'Series', table: 'Table' },
  byName: (count) => `Show each unit by name (${count})`,
  confirmTitle: 'Show each unit by name?',
  confirmBody: (count) => `Everyone will see the current values of ${plural(count, 'unit')}, each by name.`,
  confirm: (count) => `Show ${plural(count, 'unit')}`,
  notStaged: 'This figure may not be shown to everyone.',
  beside: (n, most) => `Show other figures beside it (${n}/${most})`,
  besideHint: 'Each adds a card below with its value, coverage and trend in the same territory.',
  pointing: 'Choose a unit to point it out to everyone.',
};
