import { useText } from '../../i18n/useText.tsx';
import { type Tile, TileGrid } from '../../organisation/desk/TileGrid.tsx';
import { rollcallDeskWords } from '../words/desk.vi.ts';
import type { Place } from './places.ts';

interface PlaceGridProps {
  readonly places: readonly Place[];
  readonly onOpen: (path: string) => void;
  readonly chosen?: string;
  readonly autoFocus?: boolean;
}

/** Provinces, or districts of one, with how many of their units have answered. */
export function PlaceGrid({ places, ...rest }: PlaceGridProps) {
  const { t, number } = useText(rollcallDeskWords);
  const missing = new Map(places.map((place) => [place.unit.path, place.missing]));
  const spoken = ({ path, name, part, of, delta = 0 }: Tile): string => {
    const words = t.tile(name, number(part), number(of), number(missing.get(path) ?? 0));
    return delta > 0 ? `${words}, ${t.tileDelta(number(delta))}` : words;
  };
  return <TileGrid {...rest} label={t.grid} tiles={places.map(tileOf)} spoken={spoken} />;
}

const tileOf = ({ unit: { path, name }, answered, needed, level, delta, lacks }: Place): Tile => ({
  ...{ path, name, level, delta, lacks },
  part: answered,
  of: needed,
});
