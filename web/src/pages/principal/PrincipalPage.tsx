import '../../ui/styles/desks.css';
import { LifeBuoy } from 'lucide-react';
import { Suspense, useEffect, useRef, useState } from 'react';
import { ApiError } from '../../api/ApiError.ts';
import type { PresenceRow } from '../../api/contract.ts';
import { Clock } from '../../briefing/Clock.tsx';
import { HelpSheet } from '../../briefing/HelpSheet.tsx';
import { LineNote, LineSign } from '../../briefing/LineState.tsx';
import { LiveSign } from '../../briefing/LiveSign.tsx';
import { briefingWords } from '../../briefing/words/briefing.vi.ts';
import type { Frozen } from '../../figure/desk/choosing/useChoosing.ts';
import { useFigures } from '../../figure/desk/useFigures.ts';
import { CallList } from '../../floor/desk/CallList.tsx';
import { CallUnitSearch } from '../../floor/desk/CallUnitSearch.tsx';
import { ReachProvider, useReach } from '../../floor/desk/Reach.tsx';
import { RoomsWall } from '../../floor/desk/RoomsWall.tsx';
import { StagesPanel } from '../../floor/desk/StagesPanel.tsx';
import { useMine } from '../../floor/useMine.ts';
import { useText, useWordsIn } from '../../i18n/useText.tsx';
import { useRoster } from '../../organisation/useRoster.ts';
import { PresenceMap } from '../../presence/desk/PresenceMap.tsx';
import { PresenceNote } from '../../presence/desk/PresenceSummary.tsx';
import { AgendaPanel } from '../../programme/desk/AgendaPanel.tsx';
import { ProducerPanel } from '../../programme/desk/ProducerPanel.tsx';
import { QuestionButton } from '../../question/desk/QuestionButton.tsx';
import { type ChosenToAsk, OpenRoundSheet } from '../../rollcall/desk/OpenRoundSheet.tsx';
import { RoundWall } from '../../rollcall/desk/RoundWall.tsx';
import { useDigitsOnStage } from '../../rollcall/desk/useDigitsOnStage.ts';
import { useRounds } from '../../rollcall/desk/useRounds.ts';
import { useChannel, useTools } from '../../session/BriefingContext.tsx';
import { isGuided } from '../../session/guided.ts';
import { useInstallation } from '../../session/InstallationContext.tsx';
import { useThemeUntilChosen } from '../../session/preferences.tsx';
import { ShortcutSwitch } from '../../session/ShortcutSwitch.tsx';
import { Switches } from '../../session/Switches.tsx';
import { useAct } from '../../session/useAct.ts';
import { ComponentLanguage } from '../../ui/ComponentLanguage.tsx';
import { lazyRetried } from '../../ui/lazyRetried.tsx';
import { useCountdown } from '../../ui/useCountdown.ts';
import { useMedium } from '../../ui/useMedium.ts';
import { useShortcuts } from '../../ui/useShortcuts.ts';
import { useWayBack } from '../../ui/useWayBack.ts';
import { uiWords } from '../../ui/words/ui.vi.ts';
import { DeskButton } from '../office/DeskButton.tsx';
import { LazyDesk, useDesk } from '../office/useDesk.ts';
import { CountIn } from './CountIn.tsx';
import { NumberCard } from './NumberCard.tsx';
import { Pictures } from './Pictures.tsx';
import { PrincipalActs } from './PrincipalActs.tsx';
import { PrincipalStrip } from './PrincipalStrip.tsx';
import { type LastTab, Territory } from './Territory.tsx';
import { principalWords } from './words/principal.vi.ts';
import './principalPage.css';

/** Their files come when somebody looks at figures. */
const FigurePanel = lazyRetried(() => import('../../figure/desk/FigurePanel.tsx'));
const FigureMap = lazyRetried(() => import('../../figure/desk/FigureMap.tsx'));
const WhySelected = lazyRetried(() => import('../../figure/WhySelected.tsx'));
const AskedMap = lazyRetried(() => import('../../figure/desk/asked/AskedMap.tsx'));
/** For a newcomer to a demo alone. */
const GuidedPath = lazyRetried(() => import('./GuidedPath.tsx'));

/** Two columns: neither one below the other, as on a phone, nor three, as on a wall of screens. */
const COLUMNS = '(min-width: 901px) and (not ((min-aspect-ratio: 5 / 2) and (min-width: 1800px)))';

/** The leader's page, which may itself be filmed: the picture, who asks to speak, and the country at one look. */
export default function PrincipalPage() {
  return (
    <ComponentLanguage>
      <ReachProvider>
        <Page />
      </ReachProvider>
    </ComponentLanguage>
  );
}

function Page() {
  const { t } = useText(principalWords);
  const { t: room } = useText(briefingWords);
  const { t: ui } = useText(uiWords);
  const { session, api } = useTools();
  const { briefing, floor } = useChannel();
  const { speaker } = useMine();
  const { run } = useAct();
  const [help, setHelp] = useState(false);
  const { desk, last, compose, order, questions, report, toggle, close } = useDesk();
  const [frozen, setFrozen] = useState<Frozen>();
  const [asking, setAsking] = useState<ChosenToAsk>();
  const roster = useRoster(session.account.unit.code);
  const rounds = useRounds();
  const [walled, setWall] = useState<'round' | 'rooms' | { readonly map: string } | { readonly asked: string }>();
  const opened = typeof walled === 'object' && 'map' in walled ? walled.map : undefined;
  const figures = useFigures(session.account.unit.code, opened);
  const tab = useRef<LastTab>(undefined);
  useWayBack(typeof walled === 'object' ? ('asked' in walled ? 'asked' : `map ${walled.map}`) : walled);
  useWayBack(desk && 'desk');
  const { left, start, stop } = useCountdown();
  // What was asked for last is shown: the desk over the wall, which is there again afterwards.
  const wall = desk ? undefined : walled;
  const onStage = speaker !== undefined;
  useThemeUntilChosen('dark');
  useDigitsOnStage();
  useShortcuts({ d: compose, '?': () => setHelp(true) });
  // Somebody else brought this device on stage meanwhile: there is nothing left to count down to.
  useEffect(() => {
    if (onStage) stop();
  }, [onStage, stop]);
  const saidOnRecord = useWordsIn(principalWords, briefing.language);
  /** PL30: whoever leads begins, also when the servers do not have the room for all; the record says so. */
  const openNow = async (): Promise<void> => {
    const open = (reason?: string) => api.briefingAct(briefing.id, 'open', briefing.epoch, reason);
    await open().catch((error: unknown) => {
      if (!(error instanceof ApiError) || error.reason !== 'does-not-fit') throw error;
      return open(saidOnRecord.beganWithoutRoom);
    });
  };
  const goLive = async (): Promise<void> => {
    if (briefing.state === 'scheduled') await openNow().catch(() => undefined);
    await run('stage.goLive', {});
  };
  const reach = useReach();
  const columns = useMedium(COLUMNS);
  const guided = useInstallation().demo && isGuided();
  const conduct = {
    rooms: <StagesPanel roster={roster} onWall={() => setWall('rooms')} onReport={report} />,
    calls: (
      <>
        <QuestionButton onPress={questions} />
        <CallList />
      </>
    ),
  };

  return (
    <div className="console principal">
      <header className="topbar">
        <div className="who">
          <strong>{session.account.name}</strong>
          <span title={briefing.title}>{briefing.title}</span>
        </div>
        <LiveSign />
        <Clock />
        <LineSign />
        <DeskButton open={desk !== undefined} onPress={toggle} />
        <ShortcutSwitch />
        <Switches />
        <button type="button" className="button quiet icon" aria-label={room.help.title} onClick={() => setHelp(true)}>
          <LifeBuoy size={20} aria-hidden />
        </button>
      </header>
      {guided && (
        <Suspense fallback={null}>
          <GuidedPath hasFigures={figures.all.length > 0} columns={columns} />
        </Suspense>
      )}
      <main className="principal-main" data-beside={wall ? 'wall' : desk ? 'desk' : 'country'}>
        {wall === 'round' && (
          <RoundWall
            rounds={rounds}
            roster={roster}
            onMap={(asked) => setWall({ asked })}
            aboutOf={({ selection }) =>
              selection && (
                <Suspense fallback={null}>
                  <WhySelected selection={selection} />
                </Suspense>
              )
            }
            onClose={() => setWall(undefined)}
          />
        )}
        {wall === 'rooms' && <RoomsWall roster={roster} onReport={report} onClose={() => setWall(undefined)} />}
        {typeof wall === 'object' && 'asked' in wall && (
          <Suspense fallback={<p className="soft column">{ui.loading}</p>}>
            <AskedMap
              shown={wall.asked}
              roster={roster}
              onShow={(asked) => setWall({ asked })}
              onClose={() => setWall(undefined)}
            />
          </Suspense>
        )}
        {typeof wall === 'object' && 'map' in wall && (
          <Suspense fallback={<p className="soft column">{ui.loading}</p>}>
            <FigureMap
              figures={figures}
              shown={wall.map}
              roster={roster}
              choice={{
                ...{ frozen, keep: setFrozen },
                ...(rounds.mayOpen && { ask: setAsking }),
                direct: ({ id, name, table }) => order({ to: 'selection', selection: { id, name, table }, except: [] }),
              }}
              onShow={(map) => setWall({ map })}
              onClose={() => setWall(undefined)}
            />
          </Suspense>
        )}
        {asking && (
          <OpenRoundSheet
            roster={roster}
            chosen={asking}
            onOpened={(round) => {
              setAsking(undefined);
              rounds.choose(round);
              setWall('round');
            }}
            onClose={() => setAsking(undefined)}
          />
        )}
        {!wall && (
          <div className="pictures-frame">
            <Pictures onStage={onStage} />
            {left !== undefined && <CountIn left={left} onStop={stop} />}
            <LineNote />
          </div>
        )}
        {!wall && !desk && <NumberCard rounds={rounds} roster={roster} onMap={(asked) => setWall({ asked })} />}
        <PrincipalActs counting={left !== undefined} onGoLive={() => start(() => void goLive())} onCompose={compose} />
        {!wall && !desk && (
          <div className="principal-producer">
            <ProducerPanel />
          </div>
        )}
        {!wall && !desk && (
          <PrincipalStrip roster={roster} withHands={!columns && conduct.calls}>
            {!columns && (
              <>
                <div className="strip-card">{conduct.rooms}</div>
                <AgendaPanel className="strip-card" />
              </>
            )}
          </PrincipalStrip>
        )}
        {desk && (
          <Suspense fallback={<p className="desk soft empty">{ui.loading}</p>}>
            <LazyDesk
              key={desk.nr}
              briefing={briefing}
              roster={roster}
              composing={desk.composing}
              begun={desk.begun}
              first={desk.first}
              session={desk.session}
              last={last}
              beside
              onCall={reach.call}
              onClose={close}
            />
          </Suspense>
        )}
        {!wall && !desk && (
          <aside className="principal-country" aria-label={t.country}>
            <CallUnitSearch
              disabled={floor.calls.length > 0}
              figures={figures.all.length > 0 ? { all: figures.all, open: (map) => setWall({ map }) } : undefined}
            />
            <Territory
              rounds={rounds}
              roster={roster}
              last={tab}
              onWall={() => setWall('round')}
              onMap={(asked) => setWall({ asked })}
              conduct={
                columns && (
                  <div className="conduct">
                    <AgendaPanel />
                    {conduct.rooms}
                    {conduct.calls}
                  </div>
                )
              }
              figures={
                figures.all.length + figures.unseen.length > 0 ? (
                  <Suspense fallback={<p className="soft empty">{ui.loading}</p>}>
                    <FigurePanel figures={figures} roster={roster} onOpen={({ code }) => setWall({ map: code })} />
                  </Suspense>
                ) : undefined
              }
              presence={
                <>
                  <PresenceNote />
                  <PresenceMap roster={roster} onCall={(row: PresenceRow) => reach.call(row.unit, row.name)} />
                </>
              }
            />
          </aside>
        )}
      </main>
      {help && <HelpSheet produces onClose={() => setHelp(false)} />}
    </div>
  );
}
