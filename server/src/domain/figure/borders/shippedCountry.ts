import { readFileSync } from 'node:fs';
import type { Borders, BordersInset } from '../../../protocol/figureBorders.ts';
import type { UnitPath } from '../../../protocol/organisation.ts';
import { joiner } from './joiner.ts';

/** `country/provinces.borders.json`, as `npm run dh -- figures country` makes it. */
export interface ShippedCountry extends Omit<Borders, 'insets'> {
  readonly notice: string;
  /** Of the country of 63 provinces, and of that of 34. */
  readonly insets: Readonly<Record<63 | 34, BordersInset[]>>;
  /** Of each of the 34 provinces since July 2025: codes of those that it was made of. */
  readonly parts: Readonly<Record<string, readonly string[]>>;
}
type Kind = 63 | 34;

const FILE = new URL('country/provinces.borders.json', import.meta.url);
let file: ShippedCountry | undefined;
const made = new Map<Kind, Borders>();

/**
 * Borders of the units directly below the root, when these have the official codes of all 63 provinces of Viet Nam before July
 * 2025, or of all 34 since; undefined for any other tree. (FG160)
 */
export function shippedBorders(tree: readonly { readonly path: UnitPath }[]): Borders | undefined {
  const codes = tree.flatMap(({ path }) => {
    const parts = path.split('.');
    return parts.length === 2 ? [`${parts[1]}`] : [];
  });
  if (codes.length !== 63 && codes.length !== 34) return undefined;
  file ??= JSON.parse(readFileSync(FILE, 'utf8')) as ShippedCountry;
  const kind: Kind = codes.length;
  const known = new Set(kind === 34 ? Object.keys(file.parts) : Object.values(file.parts).flat());
  if (!codes.every((code) => known.has(code))) return undefined;
  const borders = made.get(kind) ?? countryOf(file, kind);
  made.set(kind, borders);
  return borders;
}

function countryOf({ ratio, steps, arcs, units, insets, parts }: ShippedCountry, kind: Kind): Borders {
  const seas = units.filter(({ sea }) => sea !== undefined);
  const provinces = units.filter(({ sea }) => sea === undefined);
  if (kind === 63) return { ratio, steps, arcs, units: [...provinces, ...seas], insets: insets[63] };
  const byCode = new Map(provinces.map(({ code, rings }) => [code, rings]));
  const join = joiner({ arcs });
  const joined = Object.entries(parts).map(([code, of]) => ({
    code,
    rings: join(of.flatMap((part) => [byCode.get(part) ?? []])),
  }));
  return { ...withoutUnused({ ratio, steps, arcs, units: [...joined, ...seas] }), insets: insets[34] };
}

/** Removes the arcs that no unit uses, and numbers the others anew. */
export function withoutUnused<B extends Borders>({ arcs, units, ...borders }: B): B {
  const kept = new Map<number, number>();
  const numbered = (nr: number): number => {
    const line = nr < 0 ? ~nr : nr;
    const own = kept.get(line) ?? kept.size;
    kept.set(line, own);
    return nr < 0 ? ~own : own;
  };
  const drawn = units.map((unit) => ({ ...unit, rings: unit.rings.map((ring) => ring.map(numbered)) }));
  return { ...borders, arcs: [...kept.keys()].map((line) => arcs[line] ?? []), units: drawn } as unknown as B;
}
