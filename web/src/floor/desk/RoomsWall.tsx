import { ArrowLeft } from 'lucide-react';
import type { CSSProperties } from 'react';
import { GridList, GridListItem } from 'react-aria-components';
import { type StageOverview, within } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useChannel, useTools } from '../../session/BriefingContext.tsx';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { stagesWords } from '../words/stages.vi.ts';
import { RoomFace } from './RoomFace.tsx';
import { SmallStage } from './SmallStage.tsx';
import { StagesPanel } from './StagesPanel.tsx';
import { useLooks } from './useLooks.ts';
import { useRoomActs } from './useRoomActs.tsx';
import './roomsWall.css';

type StagesPanelProps = Parameters<typeof StagesPanel>[0];

interface RoomsWallProps extends Pick<StagesPanelProps, 'roster' | 'sending' | 'onReport'> {
  readonly onClose: () => void;
}

/** Up to so many have tiles on which two lines of names leave a face free. */
const FEW = 20;

/**
 * TR7, TR15: all rooms below at one look, whole on one screen: a small picture of each, who speaks there and how many
 * watch. Arrows move, Enter goes in to watch; Escape is back at what the unit is shown.
 */
export function RoomsWall({ roster, sending, onReport, onClose }: RoomsWallProps) {
  const { t, number, time } = useText(stagesWords);
  const { t: ui } = useText(uiWords);
  const { unit } = useTools().session.account;
  const { floor } = useChannel();
  const rooms = (floor.stages ?? [])
    .filter(({ path }) => path !== unit.path && within(path, unit.path))
    .toSorted((a, b) => (roster ? roster.rank(a.unit) - roster.rank(b.unit) : a.path.localeCompare(b.path)));
  const speaking = rooms.filter(({ people }) => people.length > 0).length;
  const looks = useLooks();
  /** All that stands on its tile. */
  const saidOf = ({ name, people, path }: StageOverview): string => {
    const { watching = 0 } = looks.stages.get(path) ?? {};
    const parts = [floor.stage?.path === path && t.here, watching > 0 && t.watchingUnits(number(watching))];
    return [t.roomSaid(name, people.join(', ')), ...parts].filter(Boolean).join(', ');
  };
  const { enter, sheet } = useRoomActs();

  return (
    <main
      className="rooms-wall"
      onKeyDown={({ key }) => {
        if (key === 'Escape') enter(null);
      }}
    >
      <div className="rooms-wall-side">
        <button type="button" className="button small" onClick={onClose}>
          <ArrowLeft size={18} aria-hidden />
          {ui.back}
        </button>
        <SmallStage />
        <StagesPanel
          roster={roster}
          {...(sending !== undefined && { sending })}
          {...(onReport && { onReport })}
          brief
        />
      </div>
      <section className="rooms-wall-all" aria-label={t.all}>
        <h2>{t.allOf(number(rooms.length), number(speaking))}</h2>
        {looks.failed && rooms.length > 0 && (
          <p className="stale" role="status">
            {looks.asOf ? t.looksOf(time(looks.asOf.toISOString())) : t.looksFailed}
          </p>
        )}
        {rooms.length === 0 ? (
          <p className="soft">{t.none}</p>
        ) : (
          <GridList
            aria-label={t.all}
            className="rooms"
            data-stale={looks.failed}
            data-few={rooms.length <= FEW}
            style={{ '--rooms-across': Math.ceil(Math.sqrt(rooms.length)) } as CSSProperties}
            dependencies={[looks.stages, floor.stage]}
            layout="grid"
            items={rooms.map((room) => ({ ...room, id: room.path }))}
            onAction={(path) => enter(rooms.find((room) => room.path === path) ?? null)}
          >
            {(room) => (
              <GridListItem textValue={saidOf(room)} className="room-tile">
                <RoomFace room={room} isHere={floor.stage?.path === room.path} look={looks.stages.get(room.path)} />
              </GridListItem>
            )}
          </GridList>
        )}
      </section>
      {sheet}
    </main>
  );
}
