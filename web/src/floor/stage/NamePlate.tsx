import { MicOff, Volume2 } from 'lucide-react';
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
  /** Of a picture that has no room for more than the unit. */
  readonly small: boolean;
}

/** PN10: the lower third. */
export function NamePlate({ speaker, mine, silent, speaking, small }: NamePlateProps) {
  const { t } = useText(floorWords);
  const { first, second, short } = plateOf(speaker);
  return (
    <figcaption className="name-plate" data-small={small}>
      {small ? null : silent ? <MicOff aria-hidden /> : speaking && <Volume2 aria-hidden />}
      <span className="name-plate-words">
        {small ? (
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
      {silent && <span className="unseen">{speaker.muted ? t.hardMuted : t.soundOff}</span>}
    </figcaption>
  );
}

/** No line ends between `Quận` and its number. */
const kept = (where: string): string => where.replace(/ (?=\d)/g, '\u00a0');
