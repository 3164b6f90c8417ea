import { plural } from '../../i18n/plural.ts';
import type { ReadinessWords } from './readiness.vi.ts';

export const en: ReadinessWords = {
  title: 'Device checks',
  tried: (n) => (n === '1' ? '1 has checked its devices' : `${n} have checked their devices`),
  of: (n) => `of ${plural(n, 'unit')} invited, in the last 14\u00a0days`,
  none: 'No unit has checked its devices yet',
  state: { ready: 'Ready', weak: 'Weak connection', lacking: 'No camera or microphone', never: 'Not checked' },
  all: 'All',
  filter: 'By state',
  places: 'By territory',
  placesCount: 'Checked / invited; after the mark, those with a weak connection or no camera or microphone.',
  up: 'Whole territory',
  within: (place) => `in ${place}`,
  export: (format) => `Call list (${format})`,
  call: (name) => `Call ${name}`,
  noContact: 'No telephone number',
  at: (when) => `Checked at ${when}`,
  found: {
    camera: 'Camera not usable',
    microphone: 'Microphone not usable',
    voice: 'Voice not tested',
    sound: 'Sound not confirmed',
    line: (down, up) => `${down} down, ${up} up`,
    noLine: 'The connection could not be measured',
  },
};
