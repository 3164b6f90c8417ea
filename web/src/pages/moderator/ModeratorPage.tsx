import '../../ui/styles/desks.css';
import { LifeBuoy } from 'lucide-react';
import { Suspense, useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { PresenceRow, Seat } from '../../api/contract.ts';
import { Clock } from '../../briefing/Clock.tsx';
import { CloseBriefing } from '../../briefing/desk/CloseBriefing.tsx';
import { HelpSheet } from '../../briefing/HelpSheet.tsx';
import { LineNote, LineSign } from '../../briefing/LineState.tsx';
import { LiveSign } from '../../briefing/LiveSign.tsx';
import { briefingWords } from '../../briefing/words/briefing.vi.ts';
import { GreenRoom } from '../../floor/desk/GreenRoom.tsx';
import { HandQueue } from '../../floor/desk/HandQueue.tsx';
import { OnAirPanel } from '../../floor/desk/OnAirPanel.tsx';
import { ReachProvider, useReach } from '../../floor/desk/Reach.tsx';
import { RoomsWall } from '../../floor/desk/RoomsWall.tsx';
import { StagesPanel } from '../../floor/desk/StagesPanel.tsx';
import { useExcess } from '../../floor/desk/useExcess.ts';
import { useHands } from '../../floor/desk/useHands.ts';
import { useModeration } from '../../floor/desk/useModeration.ts';
import { useSending } from '../../floor/useSending.ts';
import { floorDeskWords } from '../../floor/words/desk.vi.ts';
import { useText } from '../../i18n/useText.tsx';
import { ReissueLinkSheet } from '../../organisation/desk/ReissueLinkSheet.tsx';
import { useRoster } from '../../organisation/useRoster.ts';
import { PresencePanel } from '../../presence/desk/PresencePanel.tsx';
import { presenceDeskWords } from '../../presence/words/desk.vi.ts';
import { AgendaPanel } from '../../programme/desk/AgendaPanel.tsx';
import { ProducerPanel } from '../../programme/desk/ProducerPanel.tsx';
import { useMayProduce } from '../../programme/useMayProduce.ts';
import { QuestionButton } from '../../question/desk/QuestionButton.tsx';
import { RoundPanel } from '../../rollcall/desk/RoundPanel.tsx';
import { RoundWall } from '../../rollcall/desk/RoundWall.tsx';
import { useRounds } from '../../rollcall/desk/useRounds.ts';
import { useChannel, useTools } from '../../session/BriefingContext.tsx';
import { ShortcutSwitch } from '../../session/ShortcutSwitch.tsx';
import { SignOut } from '../../session/SignOut.tsx';
import { Switches } from '../../session/Switches.tsx';
import { ComponentLanguage } from '../../ui/ComponentLanguage.tsx';
import { ConfirmSheet } from '../../ui/ConfirmSheet.tsx';
import { lazyRetried } from '../../ui/lazyRetried.tsx';
import { useMedium } from '../../ui/useMedium.ts';
import { useShortcuts } from '../../ui/useShortcuts.ts';
import { useWayBack } from '../../ui/useWayBack.ts';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { DeskButton } from '../office/DeskButton.tsx';
import { LazyDesk, useDesk } from '../office/useDesk.ts';
import { RoomSending } from './RoomSending.tsx';
import { moderatorWords } from './words/moderator.vi.ts';
import './moderatorPage.css';

/** Its file comes when somebody looks at it. */
const AskedMap = lazyRetried(() => import('../../figure/desk/asked/AskedMap.tsx'));

type Open = { kind: 'remove'; seat: Seat } | { kind: 'link'; row: PresenceRow } | { kind: 'help' };

/** The room of a territory: who is here, who asks, who is up. */
export default function ModeratorPage() {
  return (
    <ComponentLanguage>
      <ReachProvider>
        <Console />
      </ReachProvider>
    </ComponentLanguage>
  );
}

function Console() {
  const { t } = useText(moderatorWords);
  const { t: ui } = useText(uiWords);
  const { t: room } = useText(briefingWords);
  const { t: floorText } = useText(floorDeskWords);
  const { t: presenceText } = useText(presenceDeskWords);
  const { session } = useTools();
  const { briefing } = useChannel();
  const hands = useHands();
  const moderation = useModeration();
  // TR5: who opens the room of their unit stands in it, and is seen and heard.
  useSending(false);
  const reach = useReach();
  const narrow = useMedium('(max-width: 900px)');
  const [open, setOpen] = useState<Open>();
  const [why, setWhy] = useState('');
  const rounds = useRounds();
  const produces = useMayProduce();
  const [wall, setWall] = useState<'round' | 'rooms' | { readonly asked: string }>();
  const { desk, last, compose, questions, report, toggle, close } = useDesk();
  useShortcuts({ d: compose, '?': () => setOpen({ kind: 'help' }) });
  useWayBack(typeof wall === 'object' ? 'asked' : wall);
  useWayBack(desk && 'desk');
  const { unit } = session.account;
  const roster = useRoster(unit.code);
  useExcess(roster);
  const closeOpen = (): void => {
    setOpen(undefined);
    setWhy('');
  };

  const presencePanel = (
    <PresencePanel
      roster={roster}
      onCall={(row) => reach.call(row.unit, row.name)}
      onReissue={(row) => setOpen({ kind: 'link', row })}
    />
  );
  const queuePanel = (
    <section className="column queue" aria-label={t.queue}>
      <QuestionButton onPress={questions} />
      <HandQueue
        title={t.hands}
        roster={roster}
        acts={(hand, isAway) => (
          <>
            {!isAway && (
              <button
                type="button"
                className="button small"
                disabled={moderation.busy(hand.seat)}
                onClick={() => void moderation.admit(hand.seat)}
              >
                {t.admit}
              </button>
            )}
            <button
              type="button"
              className="button quiet small"
              disabled={moderation.busy(hand.seat)}
              onClick={() => void moderation.dismiss(hand.seat)}
            >
              {t.dismiss}
            </button>
          </>
        )}
      />
      <GreenRoom moderation={moderation} roster={roster} onRemove={({ seat }) => setOpen({ kind: 'remove', seat })} />
    </section>
  );
  // KP11: what runs, or may begin next, is in sight without scrolling.
  const running = rounds.shown?.phase === 'closed' ? undefined : rounds.shown?.round.id;
  const others = [
    <StagesPanel
      key="stages"
      roster={roster}
      sending={<RoomSending />}
      onWall={() => setWall('rooms')}
      onReport={report}
    />,
    <ProducerPanel key="producer" />,
    <AgendaPanel key="agenda" className="bounded" />,
  ];
  const roundPanel = (
    <RoundPanel rounds={rounds} roster={roster} onWall={() => setWall('round')} onMap={(asked) => setWall({ asked })} />
  );
  const onAirPanel = (
    <OnAirPanel moderation={moderation} running={running} onRemove={({ seat }) => setOpen({ kind: 'remove', seat })}>
      {roundPanel}
      {others}
    </OnAirPanel>
  );
  const deskPanel = desk && (
    <Suspense fallback={<p className="desk soft empty">{ui.loading}</p>}>
      <LazyDesk
        key={desk.nr}
        briefing={briefing}
        roster={roster}
        composing={desk.composing}
        first={desk.first}
        session={desk.session}
        last={last}
        onCall={reach.call}
        onClose={close}
      />
    </Suspense>
  );

  return (
    <div className="console moderator">
      <header className="topbar">
        <div className="who">
          <strong>
            {unit.name} · {t.role[session.account.role]}
          </strong>
          <span title={briefing.title}>{briefing.title}</span>
        </div>
        <LiveSign />
        <Clock />
        <LineSign />
        <DeskButton open={desk !== undefined} onPress={toggle} />
        <CloseBriefing className="small wide" />
        <ShortcutSwitch />
        <Switches />
        <SignOut />
        <button
          type="button"
          className="button quiet icon"
          aria-label={room.help.title}
          onClick={() => setOpen({ kind: 'help' })}
        >
          <LifeBuoy size={20} aria-hidden />
        </button>
      </header>
      <LineNote />
      {wall === 'rooms' && !desk ? (
        <RoomsWall roster={roster} sending={<RoomSending />} onReport={report} onClose={() => setWall(undefined)} />
      ) : wall === 'round' && !desk ? (
        <RoundWall
          rounds={rounds}
          roster={roster}
          onMap={(asked) => setWall({ asked })}
          onClose={() => setWall(undefined)}
        />
      ) : wall && wall !== 'round' && wall !== 'rooms' && !desk ? (
        <main className="moderator-map">
          <Suspense fallback={<p className="soft empty">{ui.loading}</p>}>
            <AskedMap
              shown={wall.asked}
              roster={roster}
              onShow={(asked) => setWall({ asked })}
              onClose={() => setWall(undefined)}
            />
          </Suspense>
        </main>
      ) : narrow && deskPanel ? (
        deskPanel
      ) : narrow ? (
        <Tabs className="moderator-tabs">
          <TabList aria-label={t.title} className="tabs">
            <Tab id="air">{floorText.onAir}</Tab>
            <Tab id="queue">
              {t.queue} <span className="count num">{hands.here.length}</span>
            </Tab>
            <Tab id="presence">{presenceText.presence}</Tab>
          </TabList>
          <TabPanel id="air">{onAirPanel}</TabPanel>
          <TabPanel id="queue">{queuePanel}</TabPanel>
          <TabPanel id="presence">{presencePanel}</TabPanel>
        </Tabs>
      ) : (
        <main className="moderator-main">
          {deskPanel ?? (
            <>
              {presencePanel}
              {queuePanel}
            </>
          )}
          {onAirPanel}
        </main>
      )}
      {open?.kind === 'remove' && (
        <ConfirmSheet
          title={t.removeTitle(open.seat.name)}
          body={t.removeBody}
          confirm={floorText.remove}
          onConfirm={() => moderation.remove(open.seat, why.trim())}
          onClose={closeOpen}
        >
          <div className="field">
            <label htmlFor="remove-why">{t.removeWhy}</label>
            <input
              id="remove-why"
              className="input"
              maxLength={300}
              value={why}
              onChange={(e) => setWhy(e.target.value)}
            />
          </div>
        </ConfirmSheet>
      )}
      {open?.kind === 'link' && <ReissueLinkSheet unit={open.row.unit} name={open.row.name} onClose={closeOpen} />}
      {open?.kind === 'help' && <HelpSheet produces={produces} onClose={closeOpen} />}
    </div>
  );
}
