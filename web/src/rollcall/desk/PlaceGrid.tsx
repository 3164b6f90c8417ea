import { TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import { GridList, GridListItem } from 'react-aria-components';
import { useFormats, useText } from '../../i18n/useText.tsx';
import { rollcallDeskWords } from '../words/desk.vi.ts';
import { levels, type Place } from './places.ts';
import './placeGrid.css';

interface PlaceGridProps {
  readonly places: readonly Place[];
  readonly onOpen: (path: string) => void;
  /** The place whose units are listed beside the grid. */
  readonly chosen: string;
  /** It came by keyboard: the focus goes on into it. */
  readonly autoFocus: boolean;
}

/** Up to so many tiles can be wide. */
const FEW = 36;

/**
 * Provinces, or districts of one: arrows move in both directions, Enter looks inside. Colour, pattern and numbers say
 * the same.
 */
export function PlaceGrid({ places, onOpen, chosen, autoFocus }: PlaceGridProps) {
  const { number } = useFormats();
  const { t: r } = useText(rollcallDeskWords);
  const few = places.length <= FEW;
  const tally = levels.map((level) => [level, places.filter((place) => place.level === level).length] as const);
  return (
    <>
      <GridList
        aria-label={r.grid}
        className={few ? 'places few-places' : 'places'}
        layout="grid"
        items={places.map((place) => ({ ...place, id: place.unit.path }))}
        autoFocus={autoFocus ? 'first' : false}
        onAction={(path) => onOpen(String(path))}
      >
        {(place) => (
          <GridListItem
            textValue={spoken(place)}
            className={`place ${place.level} ${place.unit.path === chosen ? 'chosen' : ''}`}
          >
            <PlaceTile place={place} name={few ? place.unit.name : short(place.unit.name)} />
          </GridListItem>
        )}
      </GridList>
      <ul className="places-legend" aria-label={r.legend}>
        {tally.map(([level, n]) => (
          <li key={level} className={level}>
            <span className="level-mark" aria-hidden />
            {r.level[level]} <strong className="num">{number(n)}</strong>
          </li>
        ))}
      </ul>
    </>
  );

  function spoken({ unit, answered, count, missing, level, delta }: Place): string {
    const words = r.tile(unit.name, number(answered), number(count.expected), number(missing));
    const more = delta > 0 ? `, ${r.tileDelta(number(delta))}` : '';
    return `${words}, ${r.level[level]}${more}`;
  }
}

const PlaceTile = memo(function PlaceTile({ place, name }: { place: Place; name: string }) {
  const { number } = useFormats();
  const { unit, answered, count, delta, lacks } = place;
  return (
    <>
      <span className="level-mark" aria-hidden />
      <span className="place-name clip" title={unit.name}>
        {name}
      </span>
      <span className="place-count num">
        {number(answered)}/{number(count.expected)}
        {lacks && <TriangleAlert size={14} aria-hidden />}
      </span>
      <span className="delta num">{delta > 0 && `+${number(delta)}`}</span>
    </>
  );
});

/** Provinces are known without the word for them; districts are not: a town and a district may share a name. */
const short = (name: string): string => name.replace(/^(Tỉnh|Thành phố) (?=\p{Lu})/u, '');
