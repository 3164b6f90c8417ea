import type { Speaker } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import type { RosterView } from '../../organisation/rosterView.ts';
import { useChannel } from '../../session/BriefingContext.tsx';
import { floorDeskWords } from '../words/desk.vi.ts';
import { GreenSeat } from './GreenSeat.tsx';
import type { Moderation } from './useModeration.ts';
import './greenRoom.css';

interface GreenRoomProps {
  readonly moderation: Moderation;
  readonly roster: RosterView | undefined;
  readonly onRemove: (speaker: Speaker) => void;
}

/** Those who get ready: seen, and heard on request, before anybody else sees them. */
export function GreenRoom({ moderation, roster, onRemove }: GreenRoomProps) {
  const { t } = useText(floorDeskWords);
  const { floor } = useChannel();
  const waiting = floor.speakers.filter(({ place }) => place === 'green');
  return (
    <section className="green" aria-label={t.green}>
      <h2>
        {t.green} <span className="count num">{waiting.length}</span>
      </h2>
      {waiting.length === 0 ? (
        <p className="soft empty">{t.greenNone}</p>
      ) : (
        <ul className="green-list">
          {waiting.map((speaker) => (
            <GreenSeat
              key={speaker.seat.identity}
              speaker={speaker}
              within={roster?.within(speaker.seat.path) ?? ''}
              moderation={moderation}
              onRemove={() => onRemove(speaker)}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
