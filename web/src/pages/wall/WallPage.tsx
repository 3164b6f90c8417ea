import { useCallback, useMemo } from 'react';
import type { ChannelState } from '../../api/channel/ChannelState.ts';
import { Agenda } from '../../briefing/Agenda.tsx';
import { RehearsalSign } from '../../briefing/RehearsalSign.tsx';
import { plateOf } from '../../floor/stage/plateOf.ts';
import { Stage } from '../../floor/stage/Stage.tsx';
import { useFormats, useText } from '../../i18n/useText.tsx';
import type { Readable } from '../../lib/Store.ts';
import { useKiosk } from '../../screen/useKiosk.ts';
import { useLayout } from '../../screen/useLayout.ts';
import { BriefingContext, useChannel, useTools } from '../../session/BriefingContext.tsx';
import { StagedWall } from '../../staged/StagedWall.tsx';
import { useStaged } from '../../staged/useStaged.ts';
import { useNow } from '../../ui/useNow.ts';
import { wallWords } from './words/wall.vi.ts';
import './wallPage.css';
import './wallLayouts.css';

/** FG34: what was heard so long ago is not what is true now. The server says something every twelve seconds. */
const SILENT_MS = 15_000;

/** Figures for a hall: the map, the stage, the series and what crossed a border, side by side. It follows what the room chooses. */
export default function WallPage() {
  const { t } = useText(wallWords);
  const { hour } = useFormats();
  const { media, channel } = useTools();
  const { briefing, clockOffset } = useChannel();
  const staged = useStaged();
  const layout = useLayout();
  // By the same clock as `heardAt`.
  const now = useNow(0);
  const heardAt = channel.heardAt();
  useKiosk(useCallback(() => void media.startSound(), [media]));
  const isSilent = now - heardAt > SILENT_MS;
  const stage = (
    <section className="wall-stage">
      <People />
    </section>
  );
  return (
    <main className="figure-wall" aria-label={t.title} data-silent={isSilent}>
      <RehearsalSign rehearsal={briefing.rehearsal} />
      <header className="wall-head">
        <h1 className="clip">{briefing.title}</h1>
        {!staged && <p className="wall-none">{t.none}</p>}
        <Clock offset={clockOffset} />
      </header>
      {isSilent && (
        <p className="wall-silent" role="alert">
          {t.silent(hour(new Date(heardAt + clockOffset).toISOString()))}
        </p>
      )}
      <div className="wall-columns" data-figures={staged !== undefined} data-layout={layout}>
        {staged ? (
          <StagedWall shown={staged} crossed={t.crossings} hour={hour}>
            {stage}
          </StagedWall>
        ) : (
          <>
            {stage}
            <Beside />
          </>
        )}
      </div>
    </main>
  );
}

/** FG138: what else is known while no figures are shown, where one picture leaves a wide screen empty. */
function Beside() {
  const { t } = useText(wallWords);
  const { briefing, floor, programme } = useChannel();
  const onAir = floor.speakers.filter(({ place, away }) => place === 'stage' && !away);
  return (
    <aside className="wall-beside">
      {onAir.length > 0 && (
        <section>
          <h2>{t.onAir}</h2>
          <ul>
            {onAir.map((speaker) => {
              const { first, second } = plateOf(speaker);
              return (
                <li key={speaker.seat.identity}>
                  <strong>{first}</strong>
                  {second && <span>{second}</span>}
                </li>
              );
            })}
          </ul>
        </section>
      )}
      <Agenda briefing={briefing} item={programme.item} />
    </aside>
  );
}

function Clock({ offset }: { offset: number }) {
  const { time, weekday, date } = useFormats();
  const now = new Date(useNow(offset)).toISOString();
  return (
    <p className="wall-clock num" role="timer">
      <span>
        {weekday(now)}, {date(now)}
      </span>
      <time dateTime={now}>{time(now)}</time>
    </p>
  );
}

/** The stage without the figures, which have columns of their own here. */
function People() {
  const tools = useTools();
  const own = useMemo(() => ({ ...tools, channel: peopleOf(tools.channel) }), [tools]);
  return (
    <BriefingContext value={own}>
      <Stage />
    </BriefingContext>
  );
}

function peopleOf(channel: ReturnType<typeof useTools>['channel']): typeof channel {
  let last: ChannelState | undefined;
  let people: ChannelState | undefined;
  const get = (): ChannelState => {
    const told = channel.state.get();
    if (!people || told !== last) {
      last = told;
      const { programme } = told;
      people = programme.content?.kind === 'figures' ? { ...told, programme: { ...programme, content: null } } : told;
    }
    return people;
  };
  const state: Readable<ChannelState> = { get, subscribe: channel.state.subscribe };
  return {
    state,
    act: (name, ask) => channel.act(name, ask),
    on: (name, take) => channel.on(name, take),
    heardAt: () => channel.heardAt(),
  };
}
