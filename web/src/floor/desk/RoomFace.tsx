import { Mic, MicOff, Users } from 'lucide-react';
import { type StageLook, type StageOverview, shortName } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { stagesWords } from '../words/stages.vi.ts';
import { LookPicture } from './LookPicture.tsx';

interface RoomFaceProps {
  readonly room: StageOverview;
  readonly isHere: boolean;
  readonly look: StageLook | undefined;
}

/** One room on the wall: its picture where it gives one, whose it is, who is on its stage, and how many watch. */
export function RoomFace({ room: { name, people, shown }, isHere, look }: RoomFaceProps) {
  const { t, number } = useText(stagesWords);
  const speaks = people.length > 0;
  return (
    <div className="room-face" data-speaks={speaks} data-here={isHere}>
      {speaks && look?.picture && <LookPicture picture={look.picture} />}
      {look && look.watching > 0 && (
        <span className="room-watching num" title={t.watchingUnits(number(look.watching))}>
          <Users size={12} aria-hidden />
          {number(look.watching)}
        </span>
      )}
      <div className="room-said">
        <strong className="clip" title={name}>
          {shortName(name)}
        </strong>
        <span className="room-who" title={people.join(', ')}>
          {speaks ? <Mic size={14} aria-hidden /> : <MicOff size={14} aria-hidden />}
          {speaks ? people.join(', ') : t.nobody}
        </span>
        {isHere ? (
          <span className="room-note">{t.here}</span>
        ) : (
          speaks && !shown && <span className="room-note">{t.up}</span>
        )}
      </div>
    </div>
  );
}
