import { useText } from '../../i18n/useText.tsx';
import { useChannel, useTools } from '../../session/BriefingContext.tsx';
import { useAct } from '../../session/useAct.ts';
import StageTimer from '../StageTimer.tsx';
import { useMine } from '../useMine.ts';
import { floorDeskWords } from '../words/desk.vi.ts';
import { Invited } from './Invited.tsx';
import { MuteAll, useMutable } from './MuteAll.tsx';
import { SpeakerTime } from './SpeakerTime.tsx';
import './hands.css';

/** Those who were invited from the queue, to be thanked and taken down; a called unit has its own line, and is muted with all others. */
export function OthersOnStage() {
  const { t } = useText(floorDeskWords);
  const { identity } = useTools();
  const { floor } = useChannel();
  const { run, pending } = useAct();
  const isTimed = useMine().speaker?.timer !== undefined;
  const others = floor.speakers.filter((s) => s.place !== 'green' && s.seat.identity !== identity && s.call === null);
  const invited = floor.speakers.filter((s) => s.place === 'green' && s.invited);
  const mutable = useMutable();
  if (others.length + invited.length + mutable === 0 && !isTimed) return null;
  const takeDown = (who: string) => void run('stage.demote', { identity: who, to: 'audience' }, who);
  return (
    <>
      {invited.length > 0 && (
        <section className="hands" aria-label={t.invitedOnAir}>
          <h2>{t.invitedOnAir}</h2>
          <ul>
            {invited.map((speaker) => (
              <li key={speaker.seat.identity} className="hand">
                <span className="hand-name">
                  <span className="clip">{speaker.seat.name}</span>
                  {speaker.invited && <Invited key={speaker.invited.at} invited={speaker.invited} />}
                </span>
                <button
                  type="button"
                  className="button small"
                  disabled={pending.has(speaker.seat.identity)}
                  onClick={() => takeDown(speaker.seat.identity)}
                >
                  {t.takeBack}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {(others.length + mutable > 0 || isTimed) && (
        <section className="hands" aria-label={t.onAir}>
          <div className="row">
            <h2 className="grow">{t.onAir}</h2>
            <StageTimer />
            <MuteAll />
          </div>
          <ul>
            {others.map((speaker) => (
              <li key={speaker.seat.identity} className="hand">
                <span className="hand-name clip">
                  {speaker.place === 'holding' ? t.lost(speaker.seat.name) : speaker.seat.name}
                </span>
                <SpeakerTime speaker={speaker} />
                <button
                  type="button"
                  className="button small"
                  disabled={pending.has(speaker.seat.identity)}
                  onClick={() => takeDown(speaker.seat.identity)}
                >
                  {t.demote}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
