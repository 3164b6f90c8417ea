/** What JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * The one way to write a JSON value (RFC 8785): no spaces, keys in the order of their UTF-16 code units, numbers and
 * strings as ECMAScript writes them. Two programs that agree on a value agree on these bytes.
 * @throws TypeError for what JSON cannot say (NaN, undefined, a lone surrogate)
 */
export function canonical(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${value} has no JSON`);
    return JSON.stringify(value);
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('a string with a lone surrogate has no canonical form');
    return JSON.stringify(value);
  }
  if (isList(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object') throw new TypeError(`${typeof value} has no JSON`);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${canonical(key)}:${canonical(value[key] as Json)}`);
  return `{${members.join(',')}}`;
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

interface Column {
  readonly name: string;
  /** What stands before the value. */
  readonly label: string;
  /** Of the row before, when it may be compared. */
  value: unknown;
  text: string;
}

/**
 * Writes many rows of one kind as `canonical` does: the order of their columns, and what follows rows have in common,
 * is found out once.
 */
export class CanonicalRows {
  #names: readonly string[] = [];
  #columns: readonly Column[] = [];

  /** @throws TypeError for what JSON cannot say */
  write(row: { readonly [column: string]: Json }): string {
    const names = Object.keys(row);
    if (!this.#fits(names)) this.#begin(names);
    let text = '{';
    for (const column of this.#columns) {
      const value = row[column.name] as Json;
      if (value !== column.value || (typeof value === 'object' && value !== null)) {
        column.text = column.label + canonical(value);
        column.value = value;
      }
      text += column.text;
    }
    return `${text}}`;
  }

  #fits(names: readonly string[]): boolean {
    const known = this.#names;
    return names.length === known.length && names.every((name, i) => name === known[i]);
  }

  #begin(names: readonly string[]): void {
    this.#names = names;
    this.#columns = names
      .toSorted()
      .map((name, i) => ({ name, label: `${i === 0 ? '' : ','}${canonical(name)}:`, value: NOTHING, text: '' }));
  }
}

/** Equal to no value. */
const NOTHING = Symbol('nothing');
