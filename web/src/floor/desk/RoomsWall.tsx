import { ArrowLeft, Mic, MicOff } from 'lucide-react';
import { GridList, GridListItem } from 'react-aria-components';
import { type StageOverview, within } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useChannel, useTools } from '../../session/BriefingContext.tsx';
import { useAct } from '../../session/useAct.ts';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { stagesWords } from '../words/stages.vi.ts';
import { SmallStage } from './SmallStage.tsx';
import { StagesPanel } from './StagesPanel.tsx';
import './roomsWall.css';

type StagesPanelProps = Parameters<typeof StagesPanel>[0];

interface RoomsWallProps extends Pick<StagesPanelProps, 'roster' | 'sending'> {
  readonly onClose: () => void;
}

/**
 * TR7: all rooms below at one look, whole on one screen: and who speaks in each. Arrows move, Enter goes
 * in to watch; Escape is back at what the unit is shown.
 */
export function RoomsWall({ roster, sending, onClose }: RoomsWallProps) {
  const { t, number } = useText(stagesWords);
  const { t: ui } = useText(uiWords);
  const { unit } = useTools().session.account;
  const { floor } = useChannel();
  const { run } = useAct();
  const rooms = (floor.stages ?? [])
    .filter(({ path }) => path !== unit.path && within(path, unit.path))
    .toSorted((a, b) => a.path.localeCompare(b.path));
  const speaking = rooms.filter(({ people }) => people.length > 0).length;
  const enter = (code: string | null) => void run('stage.enter', { unit: code }, 'stage.enter');

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
        <StagesPanel roster={roster} {...(sending !== undefined && { sending })} brief />
      </div>
      <section className="rooms-wall-all" aria-label={t.all}>
        <h2>{t.allOf(number(rooms.length), number(speaking))}</h2>
        {rooms.length === 0 ? (
          <p className="soft">{t.none}</p>
        ) : (
          <GridList
            aria-label={t.all}
            className="rooms"
            layout="grid"
            items={rooms.map((room) => ({ ...room, id: room.path }))}
            onAction={(path) => enter(rooms.find((room) => room.path === path)?.unit ?? null)}
          >
            {(room) => (
              <GridListItem textValue={t.roomSaid(room.name, room.people.join(', '))} className="room-tile">
                <RoomFace room={room} isHere={floor.stage?.path === room.path} />
              </GridListItem>
            )}
          </GridList>
        )}
      </section>
    </main>
  );
}

function RoomFace({ room: { name, people, shown }, isHere }: { room: StageOverview; isHere: boolean }) {
  const { t } = useText(stagesWords);
  const speaks = people.length > 0;
  return (
    <div className="room-face" data-speaks={speaks} data-here={isHere}>
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
  );
}

/** Provinces are known without the word for them. */
const shortName = (name: string): string => name.replace(/^(Tỉnh|Thành phố) (?=\p{Lu})/u, '');
