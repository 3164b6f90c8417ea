import { plural } from '../../i18n/plural.ts';
import type { RoomWords } from './room.vi.ts';

export const en: RoomWords = {
  room: (unit) => `Room of ${unit}`,
  arrived: (unit) => `You are in the room of ${unit}.`,
  ends: (seconds) => `This room ends in ${seconds} s`,
  ending: (seconds) =>
    `This room ends in ${plural(seconds, 'second', 'seconds')}; then everyone returns to the room above.`,
  common: 'Main room',
  aboveSaid: (unit, speaker) =>
    `Small picture without sound: ${speaker}, in ${unit === null ? 'the main room' : `the room of ${unit}`}`,
  returned: 'You are back in the main room.',
};
