import { nameAlone, type Speaker } from '../../api/contract.ts';

export interface Plate {
  readonly first: string;
  /** Empty where the first line says all. */
  readonly second: string;
  /** The unit alone, for a small picture. */
  readonly short: string;
  /** Its name without what it is, for a picture in which nothing else can be read. (PN37) */
  readonly bare: string;
}

/** PN10: the person with their title over the unit and where it lies; the unit over where it lies while nobody is named. */
export function plateOf({ seat, above: units = [] }: Pick<Speaker, 'seat' | 'above'>): Plate {
  const { person } = seat;
  // A district that has a number for its name is not parted from it by a line's end.
  const above = units.map((name) => name.replace(/ (?=\d)/gu, '\u00a0'));
  const unit = seat.name.replace(/^UBND /u, '');
  const short = unit.charAt(0).toLocaleUpperCase('vi') + unit.slice(1);
  const bare = nameAlone(short);
  if (!person) return { first: seat.name, second: above.join(', '), short, bare };
  const first = [person.name, person.title].filter(Boolean).join(', ');
  return { first, second: [seat.name, ...above].join(', '), short, bare };
}
