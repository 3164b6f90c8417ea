import { countedIn, type FigureFrame } from '../../../api/contract.ts';
import { strongFrom } from '../change/changeFrame.ts';
import type { Changed, MapView } from '../mapJoins.ts';
import type { MapPlace } from '../mapPlaces.ts';

/** FG160: a map whose areas are places, each with its sum, instead of the units in them. */
export interface PlaceSums {
  /** Of the map: a unit for each place. */
  readonly frame: FigureFrame;
  readonly places: readonly MapPlace[];
  /** By number of a place: what is shown of it. For coverage, the share in hundredths. */
  readonly shown: readonly (number | null)[];
  /** From where a change is strong; undefined: none is, or nothing is compared. */
  readonly strong: number | undefined;
}

interface Shown {
  readonly view: MapView;
  readonly change: Changed | undefined;
}

/** An archipelago has what its province has (FG161). Pure. */
export function placeSums(
  frame: FigureFrame,
  places: readonly MapPlace[],
  root: string,
  { view, change }: Shown,
): PlaceSums {
  const upper = new Map(frame.upper.map((one) => [one.unit, one]));
  const moved = new Map(change?.frame.against?.upper.map((one) => [one.unit, one]));
  const provinceOf = (place: MapPlace): string => place.province ?? place.key;
  const shownOf = (code: string): number | null => {
    const sum = upper.get(code);
    if (view === 'change') {
      const { now = null, before = null } = moved.get(code) ?? {};
      return now === null || before === null ? null : now - before;
    }
    if (view === 'value' || !sum) return sum?.value ?? null;
    const { expected } = sum.coverage;
    return expected === 0 ? null : Math.floor((100 * countedIn(sum.coverage)) / expected);
  };
  const shown = places.map((place) => shownOf(provinceOf(place)));
  return {
    frame: {
      ...frame,
      units: places.map(({ key }) => `${root}.${key}`),
      values: places.map((place) => upper.get(provinceOf(place))?.value ?? null),
      states: shown.map((value) => (value === null ? 'n' : 'f')).join(''),
    },
    places: places.map((place, i) => ({ ...place, path: `${root}.${place.key}`, cells: [i] })),
    shown,
    strong: view === 'change' ? strongFrom(shown) : undefined,
  };
}

/** Paths of the places in which some units lie. Pure. */
export function placesWith(units: ReadonlySet<string>, root: string): ReadonlySet<string> {
  const depth = root.split('.').length + 1;
  return new Set([...units].map((path) => path.split('.').slice(0, depth).join('.')));
}
