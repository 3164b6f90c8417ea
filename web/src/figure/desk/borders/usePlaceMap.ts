import { useMemo, useRef } from 'react';
import type { FigureFrame, Indicator } from '../../../api/contract.ts';
import { useText } from '../../../i18n/useText.tsx';
import type { RosterView } from '../../../organisation/rosterView.ts';
import type { Shapes } from '../../../staged/borders/shapes.ts';
import { type Classes, classesOfSums, SHARES } from '../../../staged/classes.ts';
import { colourOf } from '../../../staged/colours.ts';
import { ranksOf } from '../../../staged/ranksOf.ts';
import { figureDeskWords } from '../../words/desk.vi.ts';
import { colourOfChange } from '../change/changeFrame.ts';
import type { MapJoins, MapView } from '../mapJoins.ts';
import type { MapPlace } from '../mapPlaces.ts';
import type { TileMapProps, TileText } from '../TileMap.tsx';
import { areDrawn } from './pieces.ts';
import { placeSums, placesWith } from './placeSums.ts';

interface PlaceMapProps extends Pick<MapJoins, 'change'> {
  readonly indicator: Indicator;
  readonly frame: FigureFrame | undefined;
  readonly places: readonly MapPlace[];
  readonly roster: RosterView;
  /** Path of what the map shows. */
  readonly root: string;
  readonly shapes: Shapes | undefined;
  readonly view: MapView;
  readonly marked: ReadonlySet<string>;
  readonly textOf: (place: MapPlace) => TileText;
}
interface PlaceMap extends Pick<TileMapProps, 'frame' | 'places' | 'colourOf' | 'textOf' | 'tipOf' | 'marked'> {
  readonly rest: () => readonly string[];
}
interface PlacesOfMap {
  /** FG160: what a map of places draws; undefined: it draws the units in them. */
  readonly map: PlaceMap | undefined;
  /** Of sums, as on a stage: fixed when the first come, as those of units are. */
  readonly classes: Classes | undefined;
  /** FG163: by key; undefined: nothing is shown of it. */
  readonly ranks: ReadonlyMap<string, number | undefined>;
  /** By key, as it is written on the map. */
  readonly shownOf: ReadonlyMap<string, string>;
}

/** A map of which each area is a place with its sum; and the ranks of places on whatever map they are. */
export function usePlaceMap(props: PlaceMapProps): PlacesOfMap {
  const { indicator, frame, places, roster, root, shapes, view, change, marked, textOf } = props;
  const { t } = useText(figureDeskWords);
  const sums = useMemo(
    () => (frame && places.length > 0 ? placeSums(frame, places, root, { view, change }) : undefined),
    [frame, places, root, view, change],
  );
  const ranks = useMemo(() => {
    const land = places.flatMap(({ key, of }, i) => (of === undefined ? [{ key, value: sums?.shown[i] ?? null }] : []));
    const found = ranksOf(land.map(({ value }) => value));
    return new Map(land.map(({ key }, i) => [key, found[i]]));
  }, [places, sums]);
  const rest = useMemo(() => {
    const there = new Set(places.map(({ key }) => `${root}.${key}`));
    const depth = root.split('.').length + 1;
    const others: string[] = [];
    for (const { path } of roster.byCode.values())
      if (path.startsWith(`${root}.`) && path.split('.').length === depth && !there.has(path)) others.push(path);
    return others;
  }, [places, roster, root]);
  const isDrawn = useMemo(
    () => !!shapes && !!sums && areDrawn({ places: sums.places, rest, units: sums.frame.units }, shapes),
    [shapes, sums, rest],
  );
  // Once for each place, with its first frame.
  const fixed = useRef<{ readonly root: string; readonly classes: Classes }>(undefined);
  if (sums && frame && fixed.current?.root !== root) {
    const land = places.flatMap(({ of }, i) => (of === undefined ? [sums.frame.values[i] ?? null] : []));
    fixed.current = { root, classes: classesOfSums(indicator, land) };
  }
  const classes = fixed.current?.classes;
  const strong = useRef<{ readonly of: string; readonly strong: number | undefined }>(undefined);
  const compared = change?.frame.against?.period ?? '';
  if (sums && view === 'change' && strong.current?.of !== compared)
    strong.current = { of: compared, strong: sums.strong };
  const map = useMemo((): PlaceMap | undefined => {
    if (!isDrawn || !sums || !classes) return undefined;
    const byKey = new Map(places.map((place) => [place.key, place]));
    const text = ({ key }: MapPlace): TileText => {
      const place = byKey.get(key);
      const province = byKey.get(place?.province ?? '');
      if (!place) return { name: key, value: '', spoken: key };
      const rank = ranks.get(key);
      if (place.of === undefined) return { ...textOf(place), rank, ...(rank === undefined && { value: '–' }) };
      const { value = '', spoken = t.noReport } = province ? textOf(province) : {};
      const isKnown = province && ranks.get(province.key) !== undefined;
      return {
        ...textOf(place),
        value: isKnown ? value : '–',
        spoken: `${t.archipelago(place.name, place.of)}: ${spoken}`,
      };
    };
    return {
      ...{ frame: sums.frame, places: sums.places, rest: () => rest, textOf: text },
      tipOf: (at) => text(sums.places[at] as MapPlace).spoken,
      marked: placesWith(marked, root),
      colourOf: (at) => {
        const value = sums.shown[at] ?? null;
        if (view === 'value') return colourOf(indicator, classes, value);
        if (view === 'coverage') return colourOf({}, SHARES, value);
        return colourOfChange(indicator, strong.current?.strong, value);
      },
    };
  }, [isDrawn, sums, classes, places, ranks, textOf, marked, root, rest, view, indicator, t]);
  const shownOf = useMemo(() => new Map(places.map((place) => [place.key, textOf(place).value])), [places, textOf]);
  return { map, classes: map && classes, ranks, shownOf };
}
