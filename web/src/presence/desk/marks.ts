import type { Floor } from '../../api/contract.ts';

/** What a unit does on the floor just now, the strongest first. */
export const marks = ['air', 'green', 'hand'] as const;
export type Mark = (typeof marks)[number];

/** By the code of each unit that is up or asks, and of all above it: a closed province says what is in it. */
export function marksOf({ speakers, hands }: Pick<Floor, 'speakers' | 'hands'>): ReadonlyMap<string, Mark> {
  const found = new Map<string, Mark>();
  const add = (path: string, mark: Mark): void => {
    for (const code of path.split('.')) {
      const known = found.get(code);
      if (known === undefined || marks.indexOf(mark) < marks.indexOf(known)) found.set(code, mark);
    }
  };
  for (const { seat } of hands) add(seat.path, 'hand');
  for (const { seat, place } of speakers) add(seat.path, place === 'green' ? 'green' : 'air');
  return found;
}
