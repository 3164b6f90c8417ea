import { useText } from '../../i18n/useText.tsx';
import type { Tile } from '../../organisation/desk/TileGrid.tsx';
import { presenceDeskWords } from '../words/desk.vi.ts';

/** `Hà Giang: đang kết nối 148 trên 160` */
export function useSpoken(): (tile: Tile) => string {
  const { t, number } = useText(presenceDeskWords);
  return ({ name, part, of }) => t.tile(name, number(part), number(of));
}
