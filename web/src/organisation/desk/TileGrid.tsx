import { TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import { GridList, GridListItem } from 'react-aria-components';
import { percentText } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { organisationDeskWords } from '../words/desk.vi.ts';
import { type Level, levels } from './levels.ts';
import './tileGrid.css';

/** A place: a province, a district, with how many of its units are here, or have answered. */
export interface Tile {
  readonly path: string;
  readonly name: string;
  readonly part: number;
  readonly of: number;
  readonly level: Level;
  /** How many came since the figures were last read. */
  readonly delta?: number;
  /** Something is asked of it that it does not reach. */
  readonly lacks?: boolean;
}

interface TileGridProps {
  readonly label: string;
  readonly tiles: readonly Tile[];
  readonly onOpen: (path: string) => void;
  /** What a screen reader hears of a tile before its level. */
  readonly spoken: (tile: Tile) => string;
  /** The place whose units are listed beside the grid. */
  readonly chosen?: string;
  /** It came by keyboard: the focus goes on into it. */
  readonly autoFocus?: boolean;
}

/** Up to so many tiles can be wide. */
const FEW = 36;

/**
 * A territory at one look, every place where it always is: arrows move in both directions, Enter looks inside. Colour,
 * pattern, word and numbers say the same. The tiles share the height that there is.
 */
export function TileGrid({ label, tiles, onOpen, spoken, chosen, autoFocus = false }: TileGridProps) {
  const { t, number } = useText(organisationDeskWords);
  const few = tiles.length <= FEW;
  const provinces = !few || tiles.some(({ name }) => name.startsWith('Tỉnh '));
  return (
    <>
      <GridList
        aria-label={label}
        className={few ? 'places few-places' : 'places'}
        layout="grid"
        items={tiles.map((tile) => ({ ...tile, id: tile.path }))}
        autoFocus={autoFocus ? 'first' : false}
        onAction={(path) => onOpen(String(path))}
      >
        {(tile) => (
          <GridListItem
            textValue={`${spoken(tile)}, ${t.level[tile.level]}`}
            className={`place ${tile.level} ${tile.path === chosen ? 'chosen' : ''}`}
          >
            <TileFace {...tile} name={provinces ? short(tile.name) : tile.name} whole={tile.name} />
          </GridListItem>
        )}
      </GridList>
      <ul className="places-legend" aria-label={t.legend}>
        {levels.map((level) => (
          <li key={level} className={level}>
            <span className="level-mark" aria-hidden />
            {t.level[level]}{' '}
            <strong className="num">{number(tiles.filter((one) => one.level === level).length)}</strong>
          </li>
        ))}
      </ul>
    </>
  );
}

interface FaceProps extends Omit<Tile, 'path'> {
  readonly whole: string;
}

/** Remembered: of sixty tiles those few are drawn whose numbers moved. */
const TileFace = memo(function TileFace({ name, whole, part, of, level, delta = 0, lacks = false }: FaceProps) {
  const { t, number } = useText(organisationDeskWords);
  const share = percentText(part, of);
  return (
    <>
      <span className="level-mark" aria-hidden />
      <span className="place-name clip" title={whole}>
        {name}
      </span>
      <span className="place-count num">
        {number(part)}/{number(of)}
        {lacks && <TriangleAlert size={14} aria-hidden />}
      </span>
      <span className="place-share num">{share === undefined ? '–' : `${share}%`}</span>
      <span className="place-level clip">{t.level[level]}</span>
      {delta > 0 && <span className="delta num">+{number(delta)}</span>}
    </>
  );
});

/** Provinces are known without the word for them; districts are not: a town and a district may share a name. */
const short = (name: string): string => name.replace(/^(Tỉnh|Thành phố) (?=\p{Lu})/u, '');
