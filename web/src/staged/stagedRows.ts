import { STATE_LETTERS, type StagedPicture, type StagedUnit, shortName } from '../api/contract.ts';
import { rowsOf } from './provinces.ts';
import { onlyIn, type StagedCommunes } from './stagedCommunes.ts';

/** A unit right below what is shown. */
export interface StagedPlace {
  readonly unit: StagedUnit;
  readonly name: string;
  /** It reports itself. */
  readonly isLowest: boolean;
}
/** FG35: what of the country is no unit right below it. */
export interface StagedSea {
  readonly name: string;
  /** Name of the province that it belongs to. */
  readonly of: string;
  /** This province is in what is shown, and what is reported for the archipelago in its sum. */
  readonly isWithin: boolean;
  /** FG161: this province; undefined: it is not in what is shown. */
  readonly place: StagedPlace | undefined;
}

/** FG65: those with units below them are in the picture, those that report themselves only by name. Pure. */
export function placesBelow(picture: StagedPicture, communes: StagedCommunes | undefined): readonly StagedPlace[] {
  const above = new Map(
    picture.units.map((unit, i): [string, StagedPlace] => [
      unit[0],
      { unit, name: picture.names[i] ?? unit[0], isLowest: false },
    ]),
  );
  if (!communes) return [...above.values()];
  const codes = new Set([...communes.cellsOf.keys(), ...above.keys()]);
  return [...codes].flatMap((code) => above.get(code) ?? lowest(code, communes) ?? []);
}

function lowest(code: string, communes: StagedCommunes): StagedPlace | undefined {
  const cell = onlyIn(communes, code);
  if (cell === undefined) return undefined;
  const value = communes.values[cell] ?? null;
  const state = STATE_LETTERS[communes.states[cell] as keyof typeof STATE_LETTERS] ?? 'none';
  const counts = value !== null && state !== 'stale' && state !== 'none';
  return {
    unit: [code, value, counts ? 1 : 0, 1],
    name: shortName(communes.names[cell] ?? code),
    isLowest: true,
  };
}

/** FG35: none but of the country. Pure. */
export function seasOf({ root }: Pick<StagedPicture, 'root'>, places: readonly StagedPlace[]): readonly StagedSea[] {
  if (root.includes('.')) return [];
  const byCode = new Map(places.map((place) => [place.unit[0], place]));
  return (rowsOf([...byCode.keys()]) ?? []).flatMap(({ sea }) => {
    if (!sea) return [];
    const place = byCode.get(sea.province);
    return [{ name: sea.name, of: place?.name ?? sea.provinceName, isWithin: place !== undefined, place }];
  });
}
