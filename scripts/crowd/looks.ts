import { Dice } from '../../server/src/demo/figure/Dice.ts';
import type { Looks } from './portrait.ts';

/** As many as a gallery shows. */
export const PEOPLE = 16;

const walls = ['#d9d2c0', '#c8d5d3', '#d7cbbf', '#cfd6e0', '#dcd6cf', '#c9d3c2'];
const woods = ['#6d4a30', '#7d5a3c', '#594030', '#805f44'];
const skins = ['#e3b48d', '#d9a57b', '#cc966c', '#e9c09c'];
const hairs = ['#1f1a18', '#2a2220', '#3a302b', '#77726e'];
const suits = ['#23304a', '#2f3438', '#3b2f3f', '#274036', '#4a3a2a'];
const dresses = ['#7b2d4c', '#27566b', '#365a3f', '#6a3c78', '#8a5a2b'];
const shirts = ['#f4f4f0', '#dfe8f2', '#f3ebdc'];
const rooms = ['window', 'shelf', 'map'] as const;

/** @param person from 0; the same person looks always the same */
export function looksOf(person: number): Looks {
  const dice = new Dice(person, 'looks');
  const oneOf = <T>(some: readonly T[]): T => some[dice.below(some.length)] as T;
  const isWoman = person % 3 === 1;
  return {
    wall: walls[person % walls.length] as string,
    wood: oneOf(woods),
    skin: oneOf(skins),
    hair: oneOf(isWoman ? hairs.slice(0, 3) : hairs),
    clothes: oneOf(isWoman ? dresses : suits),
    shirt: oneOf(shirts),
    isWoman,
    hasGlasses: dice.chance(0.4),
    hairline: dice.below(7),
    room: rooms[(person + (person >> 2)) % rooms.length] as Looks['room'],
  };
}
