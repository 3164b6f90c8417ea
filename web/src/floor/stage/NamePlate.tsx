import { Mic, MicOff, Volume2 } from 'lucide-react';
import type { Speaker } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { floorWords } from '../words/floor.vi.ts';
import { plateOf } from './plateOf.ts';
import './namePlate.css';

interface NamePlateProps {
  readonly speaker: Speaker;
  readonly mine: boolean;
  readonly silent: boolean;
  readonly speaking: boolean;
  readonly room: PlateRoom;
}

/** How much of a name a picture has room for: the unit alone, one line, a line each, or as many as it takes. */
export type PlateRoom = 'unit' | 'one' | 'two' | 'all';

/** A picture that is less wide names the unit alone, CSS pixels. */
const UNIT_ALONE = 190;
/** One that is less wide has a single line. */
const ONE_LINE = 380;
/** One that is less wide, or is one of several on however large a screen, has a line each. */
const LINE_EACH = 560;
/** Part of the stage's width. */
const ONE_OF_SEVERAL = 0.45;

/** PN25: a plate takes a sixth of a picture that is one of several. Pure. @param of width of the stage, CSS pixels */
export function plateRoomOf(width: number, of: number): PlateRoom {
  if (width < UNIT_ALONE) return 'unit';
  if (width < ONE_LINE) return 'one';
  return width < LINE_EACH || width < of * ONE_OF_SEVERAL ? 'two' : 'all';
}

/** PN10: the lower third. Its icon has a place of its own, so that nothing moves when somebody speaks. (PN25) */
export function NamePlate({ speaker, mine, silent, speaking, room }: NamePlateProps) {
  const { t } = useText(floorWords);
  const { first, second, short } = plateOf(speaker);
  const Icon = silent ? MicOff : speaking ? Volume2 : Mic;
  return (
    <figcaption className="name-plate" data-room={room}>
      {room !== 'unit' && <Icon aria-hidden data-quiet={!silent && !speaking} />}
      <span className="name-plate-words">
        {room === 'unit' ? (
          <>
            <strong aria-hidden>{short}</strong>
            <span className="unseen">{[first, second].filter(Boolean).join(', ')}</span>
          </>
        ) : (
          <>
            <strong>
              {first}
              {mine && ` (${t.me})`}
            </strong>
            {second && <span className="name-plate-where">{kept(second)}</span>}
          </>
        )}
      </span>
      {silent && <span className="unseen">{speaker.muted && !speaker.silenced ? t.hardMuted : t.soundOff}</span>}
    </figcaption>
  );
}

/** No line ends between `Quận` and its number. */
const kept = (where: string): string => where.replace(/ (?=\d)/g, '\u00a0');
