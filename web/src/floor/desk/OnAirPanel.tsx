import { Eye, MicOff, Radio, WifiOff } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { type Speaker, within } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useChannel, useTools } from '../../session/BriefingContext.tsx';
import StageTimer from '../StageTimer.tsx';
import { floorDeskWords } from '../words/desk.vi.ts';
import { floorWords } from '../words/floor.vi.ts';
import { CallList } from './CallList.tsx';
import { CallUnitSearch } from './CallUnitSearch.tsx';
import { MuteAll } from './MuteAll.tsx';
import { RunningCalls } from './RunningCalls.tsx';
import { SeatMenu } from './SeatMenu.tsx';
import { SmallStage } from './SmallStage.tsx';
import { SpeakerTime } from './SpeakerTime.tsx';
import type { Moderation } from './useModeration.ts';
import './onAirPanel.css';
import './seatActs.css';

interface OnAirPanelProps {
  readonly moderation: Moderation;
  readonly onRemove: (speaker: Speaker) => void;
  /** What stands first among the acts since it runs: when it begins, it is in sight. */
  readonly running: string | undefined;
  /** The running act. */
  readonly children: ReactNode;
}

/** The stage as all see it, the running call and act, and who is up there. */
export function OnAirPanel({ moderation, onRemove, running, children }: OnAirPanelProps) {
  const { t } = useText(floorDeskWords);
  const { t: words } = useText(floorWords);
  const { floor } = useChannel();
  const { identity, session } = useTools();
  const { role, unit } = session.account;
  const { path } = unit;
  const column = useRef<HTMLElement>(null);
  useEffect(() => {
    if (running !== undefined) column.current?.scrollTo({ top: 0 });
  }, [running]);
  /** SC17 */
  const isTheirs = ({ call }: Speaker): boolean =>
    role !== 'principal' && floor.calls.some(({ id, caller }) => id === call && caller.role === 'principal');
  /** Their time is read where their call is, and once. */
  const called = new Set<string | null>(floor.calls.map(({ id }) => id));
  const up = floor.speakers.filter(({ place }) => place !== 'green');
  return (
    <section ref={column} className="column on-air" aria-label={t.running}>
      <SmallStage />
      <CallUnitSearch disabled={false} />
      <RunningCalls />
      {children}
      <CallList />
      <h2>
        {t.onAir} <span className="count num">{up.length}</span>
      </h2>
      {up.length > 0 && <StageTimer />}
      <MuteAll />
      {up.length === 0 && <p className="soft empty">{t.nobodyOnAir}</p>}
      <ul>
        {up.map((speaker) => (
          <li key={speaker.seat.identity} className="air-seat">
            <div className="row">
              {iconOf(speaker)}
              <strong className="grow clip">{speaker.seat.name}</strong>
              {speaker.seat.identity !== identity && !called.has(speaker.call) && <SpeakerTime speaker={speaker} />}
            </div>
            {speaker.place === 'holding' && (
              <p className="soft" role="status">
                {speaker.seat.identity === identity ? words.ownHolding : words.holdingBackTitle(speaker.seat.name)}
              </p>
            )}
            {speaker.away && (
              <p className="soft" role="status">
                {words.lookingAt(speaker.away.room)}
              </p>
            )}
            {/* Who is not of their territory is shown, without acts that would be refused. */}
            {within(speaker.seat.path, path) && (
              <div className="seat-acts">
                {speaker.silenced ? (
                  <span className="soft">{t.mutedWithAll}</span>
                ) : (
                  <button
                    type="button"
                    className="button small"
                    disabled={moderation.busy(speaker.seat)}
                    onClick={() => void moderation.mute(speaker.seat, !speaker.muted)}
                  >
                    {speaker.muted ? t.unmute : t.mute}
                  </button>
                )}
                {speaker.seat.role !== 'principal' && !isTheirs(speaker) && (
                  <>
                    <button
                      type="button"
                      className="button small"
                      disabled={moderation.busy(speaker.seat)}
                      onClick={() => void moderation.demote(speaker.seat, 'audience')}
                    >
                      {t.demote}
                    </button>
                    <SeatMenu speaker={speaker} moderation={moderation} onRemove={() => onRemove(speaker)} />
                  </>
                )}
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function iconOf({ place, away, muted }: Speaker): ReactNode {
  const Icon = place === 'holding' ? WifiOff : away ? Eye : muted ? MicOff : Radio;
  return <Icon size={18} aria-hidden />;
}
