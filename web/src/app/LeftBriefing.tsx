import { CircleCheck, LoaderCircle, MonitorX, UserX } from 'lucide-react';
import { Suspense } from 'react';
import type { Briefing } from '../api/contract.ts';
import { RehearsalSign } from '../briefing/RehearsalSign.tsx';
import { CancelledSigns } from '../briefing/ScheduleSign.tsx';
import { LobbyDirectives } from '../directive/seat/DoorDirectives.tsx';
import { useText } from '../i18n/useText.tsx';
import { QuestionBook } from '../question/seat/QuestionBook.tsx';
import { AnswerBook } from '../rollcall/seat/AnswerBook.tsx';
import { useOffice } from '../session/OfficeContext.tsx';
import { PageHead } from '../session/PageHead.tsx';
import { ProblemMessage } from '../session/Support.tsx';
import { lazyRetried } from '../ui/lazyRetried.tsx';
import { Message } from '../ui/Message.tsx';
import { uiWords } from '../ui/words/ui.vi.ts';
import { Moved } from './Moved.tsx';
import type { Out } from './OutOfBriefing.tsx';
import { Refused } from './Refused.tsx';
import { appWords } from './words/app.vi.ts';

const OfficePage = lazyRetried(() => import('../pages/office/OfficePage.tsx'));
const NextRoom = lazyRetried(() => import('./NextRoom.tsx'));
const ShownFold = lazyRetried(() => import('../attendance/ShownFold.tsx'));

interface LeftBriefingProps {
  readonly how: Out;
  readonly briefing: Briefing;
  readonly error: unknown;
  readonly onAgain: () => void;
  readonly onSessionEnded: () => void;
}

/** What stands in place of the page once this device is out of the briefing. */
export default function LeftBriefing({ how, briefing, error, onAgain, onSessionEnded }: LeftBriefingProps) {
  const { t } = useText(appWords);
  const { t: ui } = useText(uiWords);
  const { account } = useOffice().session;
  const who = <PageHead name={account.role === 'seat' ? account.unit.name : account.name} line={briefing.title} />;
  const head = (
    <>
      <RehearsalSign rehearsal={briefing.rehearsal} />
      {who}
    </>
  );
  switch (how) {
    case 'session-ended':
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
    case 'moved':
      return <Moved />;
    case 'removed':
      return (
        <>
          {head}
          <ProblemMessage icon={UserX} title={t.removed} body={t.removedBody} />
        </>
      );
    case 'closed':
      return account.role === 'principal' || account.role === 'moderator' ? (
        <Suspense fallback={<Message icon={LoaderCircle} title={ui.loading} />}>
          {/* It may be told that it is over before its state is. */}
          <OfficePage ended={briefing} first="happened" onEnter={() => window.location.reload()} />
        </Suspense>
      ) : (
        <>
          {/* What is read when it is over is of the office, and no rehearsal. */}
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
    case 'replaced':
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
    case 'refused':
      return <Refused error={error} />;
  }
}
