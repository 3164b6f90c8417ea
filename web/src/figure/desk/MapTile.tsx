import { memo } from 'react';
import { widthOf } from '../../staged/widthOf.ts';
import type { Placed } from './mapLayout.ts';
import type { TileText } from './TileMap.tsx';

interface MapTileProps extends TileText {
  readonly block: Placed;
  /** Of its letters. */
  readonly px: number;
  /** It has no units below it. */
  readonly leaf: boolean;
  /** It is the one that is looked at beside the map. */
  readonly current: boolean;
  /** Tab stops there. */
  readonly stop: boolean;
}

/** Cells of fewer pixels have no room for a bar of their own; their tile has one instead. */
export const BAR_FROM = 8;

/** On either side of what is written on a tile. */
export const NAME_PADDING = 14;

/** Of a rank and its circle, in letters of the page: as tileMap.css has it. */
export const RANK_ROOM = 24 / 16;

/** A tile of a map, drawn anew when something of its own has moved: a tick moves few of them. */
export const MapTile = memo(function MapTile(props: MapTileProps) {
  const { block, px, leaf, current, stop, name, of, value, spoken, here, rank } = props;
  const { x, y, width, height } = block;
  const fits = leaf || widthOf([name, of, value].filter(Boolean).join(' '), px) + NAME_PADDING <= width;
  return (
    <button
      type="button"
      data-key={block.code}
      className={leaf ? 'map-tile leaf' : of === undefined ? 'map-tile' : 'map-tile sea'}
      aria-label={spoken}
      aria-current={current ? 'true' : undefined}
      tabIndex={stop ? 0 : -1}
      style={{ left: x, top: y, width, height }}
    >
      <span className="map-name clip">{name}</span>
      {of !== undefined && <span className="map-of clip">{of}</span>}
      {here !== undefined && block.pitch < BAR_FROM && <i className="map-here" style={{ width: `${here * 100}%` }} />}
      {fits && value !== '' && <span className="map-value num">{value}</span>}
      {!fits && of === undefined && value !== '' && <span className="map-rank num">{rank ?? '–'}</span>}
    </button>
  );
});
