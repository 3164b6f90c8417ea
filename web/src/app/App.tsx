import { CloudOff, LoaderCircle } from 'lucide-react';
import { Suspense } from 'react';
import type { Api } from '../api/Api.ts';
import type { Session } from '../api/contract.ts';
import { InboxProvider } from '../directive/seat/InboxContext.tsx';
import { MissedProvider } from '../floor/seat/MissedContext.tsx';
import { useText } from '../i18n/useText.tsx';
import { OfficeProvider } from '../session/OfficeContext.tsx';
import { OutboxProvider } from '../session/OutboxContext.tsx';
import { ProblemMessage } from '../session/Support.tsx';
import { useSession } from '../session/useSession.ts';
import { useInstallable } from '../shell/useInstallable.ts';
import { lazyRetried } from '../ui/lazyRetried.tsx';
import { Message } from '../ui/Message.tsx';
import { useOnline } from '../ui/useOnline.ts';
import { uiWords } from '../ui/words/ui.vi.ts';
import { Later } from './Later.tsx';
import { Lobby } from './Lobby.tsx';
import { appWords } from './words/app.vi.ts';

// Who has a link never sees it.
const Refused = lazyRetried(async () => ({ default: (await import('./Refused.tsx')).Refused }));
const SignIn = lazyRetried(() => import('./SignIn.tsx'));
// Where several people use one browser.
const ChooseKept = lazyRetried(() => import('./ChooseKept.tsx'));
const AccountNews = lazyRetried(() => import('../session/AccountNews.tsx'));
// After a restore alone.
const SendAgain = lazyRetried(() => import('../resubmission/seat/SendAgain.tsx'));
const Contradictions = lazyRetried(() => import('./Contradictions.tsx'));
const OfficeHome = lazyRetried(async () => ({ default: (await import('../pages/office/OfficePage.tsx')).OfficeHome }));
const OperatorPage = lazyRetried(() => import('../pages/office/OperatorPage.tsx'));

/** By then people see the picture, or wait at a door. Who has nothing to load waits for nothing. */
const AFTER_MS = { open: 60_000, none: 0, choose: 0, refused: undefined, opening: undefined };

interface AppProps {
  readonly api: Api;
  /** Of a personal link. */
  readonly secret: string | undefined;
  /** Of a slip's QR code. (LK7) */
  readonly slip: string | undefined;
}

/** KP10 */
const isOfficeOf = ({ acts }: Session): boolean =>
  window.location.pathname === '/office' && acts.includes('directive.issue');

/** Who is this, then which briefing. */
export function App({ api, secret, slip }: AppProps) {
  const { t } = useText(appWords);
  const { t: ui } = useText(uiWords);
  const { state, take, choose, forget, leaveAsTold } = useSession(api, secret, slip !== undefined);
  const online = useOnline();
  useInstallable(AFTER_MS[state.kind]);
  switch (state.kind) {
    case 'open':
      return (
        <OutboxProvider key={state.session.session} owner={state.session.account.id}>
          <OfficeProvider api={api} session={state.session} onSignedOut={forget}>
            {isOfficeOf(state.session) ? (
              <Suspense fallback={null}>
                <AccountNews isOffice />
              </Suspense>
            ) : (
              <Later>
                <AccountNews />
              </Later>
            )}
            {state.session.acts.includes('briefing.join') ? (
              <InboxProvider api={api} session={state.session}>
                <MissedProvider>
                  {isOfficeOf(state.session) ? (
                    <Suspense fallback={<Message icon={LoaderCircle} title={ui.loading} />}>
                      <OfficeHome />
                    </Suspense>
                  ) : (
                    <Lobby api={api} session={state.session} onSignedOut={leaveAsTold} />
                  )}
                </MissedProvider>
                <Later>
                  <Contradictions />
                </Later>
                {state.session.restored && (
                  <Suspense fallback={null}>
                    <SendAgain />
                  </Suspense>
                )}
              </InboxProvider>
            ) : (
              <Suspense fallback={<Message icon={LoaderCircle} title={ui.loading} />}>
                <OperatorPage />
              </Suspense>
            )}
          </OfficeProvider>
        </OutboxProvider>
      );
    case 'none':
      return (
        <Suspense fallback={<Message icon={LoaderCircle} title={ui.loading} />}>
          <SignIn api={api} slip={slip} onSession={take} />
        </Suspense>
      );
    case 'choose':
      return (
        <Suspense fallback={<Message icon={LoaderCircle} title={ui.loading} />}>
          <ChooseKept kept={state.kept} onChoose={choose} onOther={forget} />
        </Suspense>
      );
    case 'refused':
      return (
        <Suspense fallback={<Message icon={LoaderCircle} title={ui.loading} />}>
          <Refused error={state.error} />
        </Suspense>
      );
    case 'opening':
      if (state.error === undefined) return <Message icon={LoaderCircle} title={ui.loading} />;
      return online ? (
        <ProblemMessage icon={CloudOff} title={t.failed} body={t.failedBody} />
      ) : (
        <ProblemMessage icon={CloudOff} title={t.offlineTitle} body={t.offlineBody} />
      );
  }
}
