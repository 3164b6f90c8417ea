import type { NextRoomWords } from './nextRoom.vi.ts';

export const en: NextRoomWords = {
  isOpen: 'The next room is open',
  comes: 'The next briefing',
  enter: 'Go to its door',
  wait: 'Wait for this briefing',
};
