import { CalendarClock, LoaderCircle } from 'lucide-react';
import { Suspense, useCallback, useEffect, useState } from 'react';
import type { Api } from '../api/Api.ts';
import { isSignedOut } from '../api/ApiError.ts';
import type { Briefing, Session } from '../api/contract.ts';
import { measureLine } from '../api/measureLine.ts';
import { DeviceCheck } from '../briefing/check/DeviceCheck.tsx';
import { NameAndTitleFields } from '../briefing/check/NameAndTitleFields.tsx';
import { RehearsalSign } from '../briefing/RehearsalSign.tsx';
import { CancelledSigns, ScheduleSign } from '../briefing/ScheduleSign.tsx';
import { DirectiveNotice } from '../directive/seat/DirectiveNotice.tsx';
import { DoorDirectives, LobbyDirectives } from '../directive/seat/DoorDirectives.tsx';
import { MissedCalls } from '../floor/seat/MissedCalls.tsx';
import { useText } from '../i18n/useText.tsx';
import { fullJitter } from '../lib/jitter.ts';
import { Devices } from '../livekit/Devices.ts';
import { chosenInOffice } from '../pages/office/officePath.ts';
import { QuestionBook } from '../question/seat/QuestionBook.tsx';
import { useTellCheck } from '../readiness/seat/useTellCheck.ts';
import { AnswerBook } from '../rollcall/seat/AnswerBook.tsx';
import { PageHead } from '../session/PageHead.tsx';
import { SignOut } from '../session/SignOut.tsx';
import { lazyRetried } from '../ui/lazyRetried.tsx';
import { Message } from '../ui/Message.tsx';
import { uiWords } from '../ui/words/ui.vi.ts';
import { HeldChannel } from './HeldChannel.ts';
import { useSitting } from './useSitting.ts';
import { appWords } from './words/app.vi.ts';
import './lobby.css';

// The media library is by far the largest part: it loads while the devices are checked.
const loadRoom = () => import('./room.ts');
const BriefingRoom = lazyRetried(async () => ({ default: (await loadRoom()).BriefingRoom }));
const DoorCalls = lazyRetried(async () => ({ default: (await loadRoom()).DoorCalls }));
const WaitingRoom = lazyRetried(() => import('./WaitingRoom.tsx'));
const FigureTasks = lazyRetried(() => import('../figure/seat/FigureTasks.tsx'));
const OfficeDoor = lazyRetried(() => import('../pages/office/OfficeDoor.tsx'));
const OfficePage = lazyRetried(() => import('../pages/office/OfficePage.tsx'));

/** How often the list of briefings is read while there is none to enter, plus jitter. */
const POLL_MS = 15_000;

/** Between the session and the room: which briefing, then the device check. */
export function Lobby({ api, session, onSignedOut }: { api: Api; session: Session; onSignedOut: () => void }) {
  const { t, day } = useText(appWords);
  const { t: ui } = useText(uiWords);
  const [devices] = useState(() => new Devices());
  const [held] = useState(() => new HeldChannel());
  const [chosen, setChosen] = useState(chosenInOffice);
  const [entered, setEntered] = useState(session.account.role === 'moderator');
  const { typed, setTyped, sitting, remember } = useSitting(session);
  const [inside, setInside] = useState(false);
  const [isPlaceKept, setPlaceKept] = useState(false);
  const briefings = useBriefings(api, onSignedOut, inside);
  const open = briefings?.filter(({ state }) => state !== 'closed').sort(sooner) ?? [];
  const { role } = session.account;
  const official = role === 'principal' || role === 'moderator';
  // Whoever runs briefings stays at the desk until the doors are open: there is nothing to enter.
  const isGone = chosen !== undefined && briefings !== undefined && !open.some(({ id }) => id === chosen);
  const only = open.length === 1 && !(official && open[0]?.state === 'scheduled') ? open[0] : undefined;
  const briefing = open.find(({ id }) => id === chosen) ?? (isGone ? undefined : only);
  const shown = briefing?.id;
  const shut = briefing?.state === 'scheduled';
  // Whoever is at one door stays there, whatever else is scheduled meanwhile; inside, the order channel tells what changes.
  useEffect(() => {
    if (shown === undefined) return setInside(false);
    setChosen(shown);
    // Before the doors open the list is read on: it says when they do.
    setInside(entered && !shut);
    void loadRoom();
  }, [shown, entered, shut]);
  // An official who checks their devices is shown nothing of it meanwhile.
  const holds = shown !== undefined && (entered || role === 'seat') ? shown : undefined;
  useEffect(() => {
    if (holds !== undefined) return () => held.close();
  }, [held, holds]);
  // Who waited for one that was called off is led to the door of another one, not into it.
  useEffect(() => {
    if (!isGone) return;
    setChosen(undefined);
    setEntered(role === 'moderator');
  }, [isGone, role]);
  const ownName = session.account.role === 'seat' ? session.account.unit.name : session.account.name;
  const measure = useCallback((signal: AbortSignal) => measureLine(api, signal), [api]);
  const onFound = useTellCheck(api, role === 'seat');
  const cancelled = <CancelledSigns briefings={briefings ?? []} />;
  const checkAgain = useCallback(() => setEntered(false), []);

  if (briefing && entered && shut)
    return (
      <>
        <RehearsalSign rehearsal={briefing.rehearsal} />
        <Suspense fallback={<Message icon={LoaderCircle} title={ui.loading} />}>
          <WaitingRoom
            unit={ownName}
            briefing={briefing}
            devices={devices}
            isAsked={role === 'seat'}
            onCheck={checkAgain}
            way={<SignOut />}
            signs={
              <>
                <ScheduleSign briefing={briefing} changeOnly />
                {cancelled}
              </>
            }
          />
        </Suspense>
        <DoorDirectives />
      </>
    );
  if (briefing && entered)
    return (
      <Suspense fallback={<Message icon={LoaderCircle} title={ui.loading} />}>
        <BriefingRoom
          api={api}
          session={session}
          briefing={briefing}
          devices={devices}
          checkAgain={checkAgain}
          sitting={sitting}
          held={held}
          onSessionEnded={onSignedOut}
        />
      </Suspense>
    );
  if (briefing) {
    const enter = (): void => {
      remember();
      setChosen(briefing.id);
      setEntered(true);
    };
    return (
      <>
        <RehearsalSign rehearsal={briefing.rehearsal} />
        <DeviceCheck
          unit={ownName}
          title={briefing.title}
          devices={devices}
          beside={
            <>
              {isPlaceKept && (
                <p className="note warn" role="status">
                  {t.placeKept}
                </p>
              )}
              <ScheduleSign briefing={briefing} />
              {cancelled}
              {session.account.role === 'seat' && <MissedCalls />}
              <DoorDirectives />
              {official && (
                <Suspense fallback={null}>
                  <OfficeDoor />
                </Suspense>
              )}
            </>
          }
          onFound={onFound}
          sitting={<NameAndTitleFields person={typed} onChange={setTyped} />}
          measure={measure}
          way={<SignOut />}
          onEnter={enter}
        />
        {session.account.role === 'seat' && (
          <Suspense fallback={null}>
            <DirectiveNotice />
            <DoorCalls {...{ api, session, briefing, devices, held }} onEnter={enter} onPlace={setPlaceKept} />
          </Suspense>
        )}
      </>
    );
  }
  return (
    <>
      <PageHead name={session.account.unit.name} line={session.account.name} way={<SignOut />} />
      {briefings === undefined && <Message icon={LoaderCircle} title={ui.loading} />}
      {briefings && open.length === 0 && <Message icon={CalendarClock} title={t.none} body={t.noneBody} />}
      {cancelled}
      {open.length > 1 && !official && (
        <Message icon={CalendarClock} title={t.chooseBriefing}>
          {open.map(({ id, title, state, scheduledAt }) => (
            <button key={id} type="button" className="button briefing-choice" onClick={() => setChosen(id)}>
              <strong>{title}</strong>
              <span>{state === 'live' ? t.isLive : (state === 'open' ? t.isOpen : t.scheduled)(day(scheduledAt))}</span>
            </button>
          ))}
        </Message>
      )}
      {session.account.role === 'seat' && <MissedCalls />}
      <LobbyDirectives />
      {session.account.role === 'seat' && briefings && (
        <Suspense fallback={null}>
          <FigureTasks at="lobby" />
        </Suspense>
      )}
      <AnswerBook />
      <QuestionBook />
      {official && briefings && (
        <Suspense fallback={null}>
          <OfficePage first={open.length > 0 ? 'schedule' : 'directives'} onEnter={setChosen} />
        </Suspense>
      )}
    </>
  );
}

const doors = { live: 0, open: 1, scheduled: 2, closed: 3 } as const;

/** What one can walk into stands first, then what begins sooner. */
const sooner = (a: Briefing, b: Briefing): number =>
  doors[a.state] - doors[b.state] || Date.parse(a.scheduledAt) - Date.parse(b.scheduledAt);

function useBriefings(api: Api, onSignedOut: () => void, settled: boolean): readonly Briefing[] | undefined {
  const [briefings, setBriefings] = useState<readonly Briefing[]>();
  useEffect(() => {
    if (settled) return;
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = async (attempt: number): Promise<void> => {
      try {
        const found = await api.briefings();
        if (stopped) return;
        setBriefings(found);
        timer = setTimeout(() => void load(0), POLL_MS * (0.5 + Math.random()));
      } catch (error) {
        if (stopped) return;
        if (isSignedOut(error)) return onSignedOut();
        timer = setTimeout(() => void load(attempt + 1), fullJitter(attempt) + 200);
      }
    };
    void load(0);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [api, onSignedOut, settled]);
  return briefings;
}
