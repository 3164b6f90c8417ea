import type { RoomWords } from './room.vi.ts';

export const en: RoomWords = {
  room: (unit) => `Room of ${unit}`,
  arrived: (unit) => `You are in the room of ${unit}.`,
  returned: 'You are back in the main room.',
};
