import { printable } from '../../../lib/printable.ts';

/** Why a file is no map of the country, in words that say what to do. */
export class BordersRefusal extends Error {
  constructor(message: string) {
    super(printable(message));
    this.name = 'BordersRefusal';
  }
}

/** Some of them by name: a list of thousands is read by nobody. */
export function named(all: readonly string[]): string {
  const first = all.slice(0, 10).join(', ');
  return all.length > 10 ? `${first} and ${all.length - 10} more` : first;
}
