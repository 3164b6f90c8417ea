import { Mic, MicOff, Volume2 } from 'lucide-react';
import type { Speaker } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { floorWords } from '../words/floor.vi.ts';
import { plateOf } from './plateOf.ts';
import type { PlateRoom } from './plateRoomOf.ts';
import './namePlate.css';

interface NamePlateProps {
  readonly speaker: Speaker;
  readonly mine: boolean;
  readonly silent: boolean;
  readonly speaking: boolean;
  readonly room: PlateRoom;
}

/** PN10: the lower third. Its icon has a place of its own, so that nothing moves when somebody speaks. (PN25) */
export function NamePlate({ speaker, mine, silent, speaking, room }: NamePlateProps) {
  const { t } = useText(floorWords);
  const { first, second, short, bare } = plateOf(speaker);
  const isAlone = room === 'unit' || room === 'bare';
  const Icon = silent ? MicOff : speaking ? Volume2 : Mic;
  return (
    <figcaption className="name-plate" data-room={isAlone ? 'unit' : room}>
      {!isAlone && <Icon aria-hidden data-quiet={!silent && !speaking} />}
      <span className="name-plate-words">
        {isAlone ? (
          <>
            <strong aria-hidden>{room === 'bare' ? bare : short}</strong>
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
