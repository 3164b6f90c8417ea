import { Component, type ComponentType, type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import type { Api } from '../api/Api.ts';
import { isSignedOut } from '../api/ApiError.ts';
import type { Briefing, Session } from '../api/contract.ts';
import { useText } from '../i18n/useText.tsx';
import { serverNow } from '../lib/serverClock.ts';
import { Devices } from '../livekit/Devices.ts';
import { ProgrammePage } from '../pages/programme/ProgrammePage.tsx';
import { AskingCard, IdleCard, PairingCard } from '../screen/ScreenCard.tsx';
import { useHere } from '../screen/useHere.ts';
import { nextOne, whereTo } from '../screen/whereTo.ts';
import { screenWords } from '../screen/words/screen.vi.ts';
import { BriefingContext, type BriefingTools } from '../session/BriefingContext.tsx';
import { OfficeProvider } from '../session/OfficeContext.tsx';
import { usePolled } from '../ui/usePolled.ts';
import { useStore } from '../ui/useStore.ts';
import { HeldChannel } from './HeldChannel.ts';
import { useConnection } from './useConnection.ts';

/** A new briefing is noticed so soon. */
const LOOK_MS = 6_000;
/** Nobody is there to press "again". */
const AGAIN_MS = 4_000;

/** `/programme`, and by another page `/wall`: a screen that is told what it is, and shows the stage by itself for a day. */
export function ProgrammeApp({ api, page = ProgrammePage }: { api: Api; page?: ComponentType }) {
  const { here, again } = useHere(api);
  if (!here) return <AskingCard />;
  if (here.state === 'waiting') return <PairingCard code={here.code} />;
  const { session } = here;
  return (
    <OfficeProvider key={session.session} api={api} session={session} onSignedOut={again}>
      <Paired api={api} session={session} page={page} onOver={again} />
    </OfficeProvider>
  );
}

interface PairedProps {
  readonly api: Api;
  readonly session: Session;
  /** What it shows of a briefing. */
  readonly page: ComponentType;
  /** The session has ended: another one may be had, or the screen was withdrawn. */
  readonly onOver: () => void;
}

/** Goes where something is on, and stays as long as it is. */
function Paired({ api, session, page, onOver }: PairedProps) {
  const { t } = useText(screenWords);
  const { value, error } = usePolled(
    useCallback(() => api.briefings(), [api]),
    LOOK_MS,
  );
  const [round, setRound] = useState(0);
  const [current, setCurrent] = useState<string>();
  const isOver = isSignedOut(error);
  useEffect(() => {
    if (isOver) onOver();
  }, [isOver, onOver]);
  const running = value?.find(({ id, state }) => id === current && state === 'live');
  const chosen = running ?? whereTo(value ?? []);
  useEffect(() => {
    if (chosen) setCurrent(chosen.id);
  }, [chosen]);
  const again = useCallback(() => setRound((before) => before + 1), []);
  if (!value) return <AskingCard text={t.paired} />;
  if (!chosen) return <IdleCard next={nextOne(value, serverNow())} />;
  return (
    <ComesBack key={`${chosen.id} ${round}`} onAgain={again}>
      <Entered {...{ api, session, page, onOver }} briefing={chosen} onAgain={again} />
    </ComesBack>
  );
}

function Entered({
  api,
  session,
  briefing,
  page,
  onAgain,
  onOver,
}: PairedProps & { briefing: Briefing; onAgain: () => void }) {
  const { t } = useText(screenWords);
  const [devices] = useState(() => new Devices());
  const [held] = useState(() => new HeldChannel());
  useEffect(() => () => held.close(), [held]);
  const { connection } = useConnection(api, session, briefing, devices, null, held);
  const tools = useMemo<BriefingTools | undefined>(
    () => connection && { session, api, devices, checkAgain: () => undefined, ...connection },
    [session, api, devices, connection],
  );
  if (!tools) return <AskingCard text={t.joining(briefing.title)} />;
  return (
    <BriefingContext value={tools}>
      <UntilItEnds {...{ tools, page, onAgain, onOver }} elsewhere={t.elsewhere} />
    </BriefingContext>
  );
}

interface UntilProps {
  readonly tools: BriefingTools;
  readonly page: ComponentType;
  readonly onAgain: () => void;
  readonly onOver: () => void;
  readonly elsewhere: string;
}

function UntilItEnds({ tools, page: Page, onAgain, onOver, elsewhere }: UntilProps) {
  const { ended } = useStore(tools.media.state);
  const { farewell, refusal } = useStore(tools.channel.state);
  const isReplaced = farewell === 'replaced' || ended === 'replaced';
  const isOver = farewell === 'session-ended';
  const isOut = !isReplaced && (farewell !== undefined || ended !== undefined || refusal !== undefined);
  useEffect(() => {
    if (isOver) return onOver();
    if (!isOut) return;
    const timer = setTimeout(onAgain, AGAIN_MS);
    return () => clearTimeout(timer);
  }, [isOver, isOut, onAgain, onOver]);
  if (isReplaced) return <AskingCard text={elsewhere} />;
  return isOut ? <AskingCard /> : <Page />;
}

/** What breaks is tried again by itself. */
class ComesBack extends Component<{ children: ReactNode; onAgain: () => void }, { broken: boolean }> {
  override state = { broken: false };
  #timer: ReturnType<typeof setTimeout> | undefined;
  static getDerivedStateFromError() {
    return { broken: true };
  }
  override componentDidCatch(): void {
    this.#timer = setTimeout(this.props.onAgain, AGAIN_MS);
  }
  override componentWillUnmount(): void {
    clearTimeout(this.#timer);
  }
  override render(): ReactNode {
    return this.state.broken ? <AskingCard /> : this.props.children;
  }
}
