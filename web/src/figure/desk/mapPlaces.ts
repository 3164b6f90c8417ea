import { type FigureFrame, STATE_LETTERS, shortName, within } from '../../api/contract.ts';
import type { RosterView } from '../../organisation/rosterView.ts';
import { type Archipelago, type MapRow, rowsOf } from '../../staged/provinces.ts';

/** A tile of the map, and which units of the frame are its cells. */
export interface MapPlace {
  /** Its code; of an archipelago its name. */
  readonly key: string;
  readonly path: string | undefined;
  readonly name: string;
  /** Of an archipelago: the name of its province. */
  readonly of: string | undefined;
  /** Of an archipelago: the code of its province. */
  readonly province?: string;
  /** Places in `frame.units`. */
  readonly cells: readonly number[];
}
interface MapPlaces {
  readonly places: readonly MapPlace[];
  /** Of the country; otherwise places lie in path order. */
  readonly rows: readonly MapRow[];
  /** Paths of the units there that are no cells: the ground of a map by borders is whole, whoever is asked. */
  readonly rest: () => readonly string[];
}

/**
 * What is below a unit, a tile each. Of the country the archipelagos are tiles of their own (FG35), also where the tree
 * has no unit for them.
 */
export function placesOf(frame: Pick<FigureFrame, 'units'>, roster: RosterView, path: string): MapPlaces {
  const inside = `${path}.`;
  const byCode = new Map<string, number[]>();
  frame.units.forEach((unit, i) => {
    if (!unit.startsWith(inside)) return;
    const end = unit.indexOf('.', inside.length);
    const code = unit.slice(inside.length, end < 0 ? undefined : end);
    const known = byCode.get(code);
    if (known) known.push(i);
    else byCode.set(code, [i]);
  });
  const rows = (path.includes('.') ? undefined : rowsOf([...byCode.keys()])) ?? [];
  const seas = rows.flatMap(({ sea }) => (sea ? [{ sea, path: pathOf(sea, roster) }] : []));
  const nameOf = (code: string): string => roster.byCode.get(code)?.name ?? code;
  const isIn = (there: string | undefined) => (i: number) => there !== undefined && within(frame.units[i] ?? '', there);
  const places: MapPlace[] = [...byCode].map(([code, cells]) => ({
    ...{ key: code, path: `${inside}${code}`, name: nameOf(code), of: undefined },
    // Whatever lies in a sea lies in its province.
    cells: seas.reduce((all, { sea, path: there }) => {
      return sea.province === code ? all.filter((i) => !isIn(there)(i)) : all;
    }, cells),
  }));
  for (const { sea, path: there } of seas) {
    const cells = (byCode.get(sea.province) ?? []).filter(isIn(there));
    const of = { of: provinceOf(sea, roster), province: sea.province };
    places.push({ key: sea.name, path: there, name: sea.name, ...of, cells });
  }
  return { places, rows, rest: () => restOf(frame, roster, inside) };
}

/** Before there is a frame. */
export const NO_PLACES: MapPlaces = { places: [], rows: [], rest: () => [] };

function restOf({ units }: Pick<FigureFrame, 'units'>, roster: RosterView, inside: string): readonly string[] {
  const known = new Set(units);
  return [...roster.byCode.values()].flatMap(({ path }) => (path.startsWith(inside) && !known.has(path) ? [path] : []));
}

/** Of archipelagos, looked for once in each tree: it has ten thousand names, and a map waits for none of them. */
const seaPaths = new WeakMap<RosterView, Map<string, string | undefined>>();

/** Where the unit of an archipelago stands: below its province, by the name it ends with, the uppermost of them. */
function pathOf({ name, province }: Archipelago, roster: RosterView): string | undefined {
  const known = seaPaths.get(roster) ?? new Map<string, string | undefined>();
  seaPaths.set(roster, known);
  if (known.has(name)) return known.get(name);
  let found: string | undefined;
  for (const unit of roster.byCode.values())
    if (unit.name.endsWith(name) && unit.path.split('.')[1] === province)
      if (found === undefined || unit.path.length < found.length) found = unit.path;
  known.set(name, found);
  return found;
}

const provinceOf = ({ province, provinceName }: Archipelago, roster: RosterView): string =>
  shortName(roster.byCode.get(province)?.name ?? provinceName);

/** The state of a unit of a frame. */
export const stateAt = (frame: Pick<FigureFrame, 'states'>, index: number) =>
  STATE_LETTERS[frame.states[index] as keyof typeof STATE_LETTERS] ?? 'none';
