import { plural } from '../../i18n/plural.ts';
import type { ReadinessWords } from './readiness.vi.ts';

export const en: ReadinessWords = {
  title: 'Device checks',
  tried: (n) => (n === '1' ? '1 has tried its devices' : `${n} have tried their devices`),
  of: (n) => `of ${plural(n, 'unit that takes part', 'units that take part')}, in the last 14 days`,
  none: 'No unit has tried its devices yet.',
  state: { ready: 'Ready', weak: 'Weak line', lacking: 'No camera or microphone', never: 'Never tried' },
  all: 'All',
  filter: 'By state',
  places: 'By territory',
  up: 'Whole territory',
  within: (place) => `in ${place}`,
  export: (format) => `List to telephone (${format})`,
  call: (name) => `Ring ${name}`,
  noContact: 'No telephone number',
  at: (when) => `Tried at ${when}`,
  found: {
    camera: 'No camera',
    microphone: 'No microphone',
    voice: 'Voice not tried',
    sound: 'Sound not confirmed',
    line: (down, up) => `${down} down, ${up} up`,
    noLine: 'The line could not be measured',
  },
};
