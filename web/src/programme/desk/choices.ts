import type { Layout, Scene } from '../../api/contract.ts';
import type { ProgrammeWords } from '../words/programme.vi.ts';

export type ChoiceName = keyof ProgrammeWords['layouts'];

export interface Choice {
  readonly name: ChoiceName;
  readonly layout: Layout;
  /** What its little picture shows. */
  readonly scene: Scene;
}

const principal = { by: 'principal' } as const;
const guest = { by: 'guest' } as const;
const gallery = (most: 4 | 9 | 16): Omit<Choice, 'name'> => ({
  layout: { kind: 'gallery', most },
  scene: { kind: 'gallery', people: Array.from({ length: most }, (_, i) => `unit ${i}`) },
});

/** What a producer chooses from, in the order of the keys 1 to 9, 0 and -. @param text on the card */
export const choicesWith = (text: string): readonly Choice[] => [
  { name: 'auto', layout: { kind: 'auto' }, scene: { kind: 'strip', large: 'a', others: ['b', 'c', 'd'] } },
  { name: 'principal', layout: { kind: 'solo', who: principal }, scene: { kind: 'solo', large: 'principal' } },
  { name: 'guest', layout: { kind: 'solo', who: guest }, scene: { kind: 'solo', large: 'guest' } },
  {
    ...{ name: 'pair', layout: { kind: 'pair', left: principal, right: guest } },
    scene: { kind: 'pair', left: 'principal', right: 'guest' },
  },
  {
    ...{ name: 'principalInset', layout: { kind: 'inset', large: principal, small: guest } },
    scene: { kind: 'inset', large: 'principal', small: 'guest' },
  },
  {
    ...{ name: 'guestInset', layout: { kind: 'inset', large: guest, small: principal } },
    scene: { kind: 'inset', large: 'guest', small: 'principal' },
  },
  { name: 'gallery4', ...gallery(4) },
  { name: 'gallery9', ...gallery(9) },
  { name: 'gallery16', ...gallery(16) },
  {
    ...{ name: 'content', layout: { kind: 'content', face: principal } },
    scene: { kind: 'content', face: 'principal' },
  },
  { name: 'card', layout: { kind: 'card', text }, scene: { kind: 'card', text } },
];

/** Which of them is on air; a person by name (solo of one device) is none of them. */
export function chosenOf({ kind, ...rest }: Layout): ChoiceName | undefined {
  if (kind === 'card') return 'card';
  if (kind === 'content') return 'content';
  const wanted = JSON.stringify(rest);
  return choicesWith('').find(
    ({ layout: { kind: other, ...parts } }) => other === kind && JSON.stringify(parts) === wanted,
  )?.name;
}
