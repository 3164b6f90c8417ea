import { CircleCheck, LoaderCircle, MonitorX, UserX } from 'lucide-react';
import { type ReactNode, Suspense } from 'react';
import { RehearsalSign } from '../briefing/RehearsalSign.tsx';
import { CancelledSigns, ScheduleNews } from '../briefing/ScheduleSign.tsx';
import { LobbyDirectives } from '../directive/seat/DoorDirectives.tsx';
import { useText } from '../i18n/useText.tsx';
import { QuestionBook } from '../question/seat/QuestionBook.tsx';
import { AnswerBook } from '../rollcall/seat/AnswerBook.tsx';
import type { BriefingTools } from '../session/BriefingContext.tsx';
import { useOffice } from '../session/OfficeContext.tsx';
import { PageHead } from '../session/PageHead.tsx';
import { ProblemMessage } from '../session/Support.tsx';
import { lazyRetried } from '../ui/lazyRetried.ts';
import { Message } from '../ui/Message.tsx';
import { useStore } from '../ui/useStore.ts';
import { uiWords } from '../ui/words/ui.vi.ts';
import { Moved } from './Moved.tsx';
import { Refused } from './Refused.tsx';
import { appWords } from './words/app.vi.ts';

const OfficePage = lazyRetried(() => import('../pages/office/OfficePage.tsx'));
const NextRoom = lazyRetried(() => import('./NextRoom.tsx'));
const ShownFold = lazyRetried(() => import('../attendance/ShownFold.tsx'));

interface OutOfBriefingProps {
  readonly media: BriefingTools['media'];
  readonly channel: BriefingTools['channel'];
  readonly onAgain: () => void;
  readonly onSessionEnded: () => void;
  readonly children: ReactNode;
}

/** The page, and what stands in its place once this device is out of the briefing. */
export function OutOfBriefing({ media, channel, onAgain, onSessionEnded, children }: OutOfBriefingProps) {
  const { t } = useText(appWords);
  const { t: ui } = useText(uiWords);
  const { ended, error } = useStore(media.state);
  const { farewell, briefing, refusal } = useStore(channel.state);
  const { session } = useOffice();
  const { account } = session;
  const who = <PageHead name={account.role === 'seat' ? account.unit.name : account.name} line={briefing.title} />;
  // What is read when it is over is of the office, and no rehearsal.
  const sign = <RehearsalSign rehearsal={briefing.rehearsal} />;
  const head = (
    <>
      {sign}
      {who}
    </>
  );
  // Whose session ended is put out of the media room as well.
  if (farewell === 'session-ended')
    return (
      <>
        {head}
        <ProblemMessage icon={MonitorX} title={t.sessionEnded} body={t.sessionEndedBody}>
          <button type="button" className="button" onClick={onSessionEnded}>
            {t.signIn}
          </button>
        </ProblemMessage>
      </>
    );
  if (farewell === 'moved') return <Moved />;
  if (farewell === 'removed' || ended === 'removed')
    return (
      <>
        {head}
        <ProblemMessage icon={UserX} title={t.removed} body={t.removedBody} />
      </>
    );
  if (farewell === 'briefing-closed' || ended === 'closed' || briefing.state === 'closed')
    return session.account.role === 'principal' || session.account.role === 'moderator' ? (
      <Suspense fallback={<Message icon={LoaderCircle} title={ui.loading} />}>
        {/* It may be told that it is over before its state is. */}
        <OfficePage ended={briefing} first="happened" onEnter={() => window.location.reload()} />
      </Suspense>
    ) : (
      <>
        {who}
        {briefing.notice?.kind === 'cancelled' ? (
          <CancelledSigns briefings={[briefing]} />
        ) : (
          <Message icon={CircleCheck} title={t.closed} body={t.closedBody} />
        )}
        <Suspense fallback={null}>
          <NextRoom after={briefing.id} />
        </Suspense>
        <LobbyDirectives />
        <AnswerBook />
        <Suspense fallback={null}>
          <ShownFold briefing={briefing.id} unit={account.unit.code} />
        </Suspense>
        <QuestionBook />
      </>
    );
  if (farewell === 'replaced' || ended === 'replaced')
    return (
      <>
        {head}
        <Message icon={MonitorX} title={t.replaced} body={t.replacedBody}>
          <button type="button" className="button primary" onClick={onAgain}>
            {t.useHere}
          </button>
        </Message>
      </>
    );
  if (ended === 'refused' || refusal) return <Refused error={error ?? refusal} />;
  return (
    <>
      {sign}
      <ScheduleNews briefing={briefing} />
      {children}
    </>
  );
}
