import '../src/app/withoutEval.ts';
import '../src/ui/styles/base.css';
import type { ComponentType } from 'react';
import { createRoot } from 'react-dom/client';
import type { Briefing } from '../src/api/contract.ts';
import { RecordSign } from '../src/app/RecordSign.tsx';
import { DeviceCheck } from '../src/briefing/check/DeviceCheck.tsx';
import { NameAndTitleFields } from '../src/briefing/check/NameAndTitleFields.tsx';
import { InboxContext } from '../src/directive/seat/InboxContext.tsx';
import { AirInvitation } from '../src/floor/air/AirInvitation.tsx';
import { MissedProvider } from '../src/floor/seat/MissedContext.tsx';
import { Stage } from '../src/floor/stage/Stage.tsx';
import { loadWords } from '../src/i18n/words.ts';
import { Store } from '../src/lib/Store.ts';
import { SeatPage } from '../src/pages/seat/SeatPage.tsx';
import { BriefingContext } from '../src/session/BriefingContext.tsx';
import { InstallationProvider } from '../src/session/InstallationContext.tsx';
import { OfficeContext } from '../src/session/OfficeContext.tsx';
import { OutboxProvider } from '../src/session/OutboxContext.tsx';
import { PreferencesProvider } from '../src/session/preferences.tsx';
import { Announcer } from '../src/ui/Announcer.tsx';
import { ToastProvider } from '../src/ui/Toasts.tsx';
import { callAnswers, missedAnswers } from './callFixtures.ts';
import { deskAnswers } from './deskFixtures.ts';
import { doorPage, outOf, screenPage } from './doorPages.tsx';
import { withFigures } from './figureFixtures.ts';
import { devicesOf, type Scene, toolsOf } from './fixtures.ts';
import { hookAnswers } from './hookFixtures.ts';
import { nodesAnswers } from './nodeFixtures.ts';
import { inboxToolsOf, officeOf, quietOutbox } from './officeFixtures.ts';
import { ownerAnswers } from './ownerFixtures.ts';
import { briefingsOf, planAnswers } from './planFixtures.ts';
import { press } from './press.ts';
import { questionAnswers } from './questionFixtures.ts';
import { outboxOf } from './rollcallFixtures.ts';
import { lookAnswers } from './roomFixtures.ts';
import { slideAnswers } from './slideFixtures.ts';
import { withStaged } from './stagedFixtures.ts';
import { asScreen, onStage } from './stageFixtures.ts';

// `?page=commune&state=live&lang=vi&theme=dark&n=3`: one page in one state, without a server.
const query = new URLSearchParams(window.location.search);
const page = query.get('page') ?? 'commune';
const state = query.get('state') ?? 'live';
const initial = {
  language: query.get('lang') === 'en' ? 'en' : 'vi',
  theme: query.get('theme') === 'dark' ? 'dark' : 'light',
} as const;
const line =
  state === 'weak'
    ? { downKbps: 310, upKbps: 180, roundTripMs: 90 }
    : { downKbps: 18_400, upKbps: 6_200, roundTripMs: 21 };
const measure = async () => line;
/** Each comes with its styles when it is wanted, as in the product: of rules that weigh alike the later one decides. */
const officials = {
  principal: () => import('../src/pages/principal/PrincipalPage.tsx'),
  moderator: () => import('../src/pages/moderator/ModeratorPage.tsx'),
  office: () => import('../src/pages/office/OfficePage.tsx'),
  operator: () => import('../src/pages/office/OperatorPage.tsx'),
  steward: () => import('../src/pages/office/OperatorPage.tsx'),
};
const pageOf = async (name: Scene['page']): Promise<ComponentType<{ ended?: Briefing }>> =>
  name === 'commune' ? SeatPage : (await officials[name]()).default;

async function view() {
  const door = await doorPage(page, state);
  if (door) return door;
  if (page === 'check')
    return (
      <DeviceCheck
        unit="Xã Tân Phú"
        title="Hội nghị Thủ tướng với 10.056 xã, phường, thị trấn và huyện đảo"
        devices={devicesOf(state)}
        sitting={
          <NameAndTitleFields person={{ name: 'Trần Văn Hùng', title: 'Chủ tịch' }} onChange={() => undefined} />
        }
        onEnter={() => undefined}
        measure={measure}
      />
    );
  const about =
    page === 'stage' || page === 'wall' || page === 'screen' || page === 'out' ? 'commune' : (page as Scene['page']);
  if (page === 'waiting') {
    const { session, channel } = await toolsOf({ page: 'commune', state: 'before', count: 3 });
    const { default: WaitingRoom } = await import('../src/app/WaitingRoom.tsx');
    const soon = new Date(Math.ceil(Date.now() / 600_000) * 600_000 + 1_800_000).toISOString();
    return (
      <WaitingRoom
        unit={session.account.unit.name}
        briefing={{ ...channel.state.get().briefing, scheduledAt: soon, rehearsal: state === 'rehearsal' }}
        devices={devicesOf(state)}
        isAsked
        onCheck={() => undefined}
      />
    );
  }
  const count = Number(query.get('n') ?? 3);
  const scene = await toolsOf({ page: about, state, count });
  const [followed, figureAnswers] = await withFigures(scene, state);
  const [staged, stagedAnswers] = await withStaged(followed, state);
  const tools = state === 'figures-gallery' ? onStage(staged, 'gallery-16') : staged;
  if (page === 'screen')
    return (
      <OfficeContext value={officeOf(tools.session, slideAnswers, tools.api)}>
        {await screenPage(tools, state)}
      </OfficeContext>
    );
  if (page === 'out')
    return (
      <OfficeContext value={officeOf(tools.session, [], tools.api)}>
        <InboxContext value={inboxToolsOf(tools.session, state)}>
          <OutboxProvider owner={tools.session.account.id} outbox={quietOutbox}>
            {outOf(tools, state)}
          </OutboxProvider>
        </InboxContext>
      </OfficeContext>
    );
  if (page === 'wall') {
    // The door of a screen has styles of its own.
    await import('../src/app/WallApp.tsx');
    const { default: WallPage } = await import('../src/pages/wall/WallPage.tsx');
    return (
      <OfficeContext value={officeOf(tools.session, [...slideAnswers, ...stagedAnswers], tools.api)}>
        <BriefingContext value={asScreen(onStage(tools, state, query.get('voice') ?? undefined))}>
          <WallPage />
        </BriefingContext>
      </OfficeContext>
    );
  }
  if (page === 'stage')
    return (
      <OfficeContext value={officeOf(tools.session, [...slideAnswers, ...stagedAnswers], tools.api)}>
        <BriefingContext value={onStage(tools, state, query.get('voice') ?? undefined)}>
          <main style={{ height: '100dvh', display: 'grid' }}>
            <Stage silent />
          </main>
        </BriefingContext>
      </OfficeContext>
    );
  const Page = await pageOf(page as Scene['page']);
  const over = { ...tools.channel.state.get().briefing, state: 'closed', closedAt: new Date().toISOString() } as const;
  return (
    <OutboxProvider
      owner={tools.session.account.id}
      outbox={/^rollcall/.test(state) ? outboxOf(tools.session.account, state) : quietOutbox}
    >
      <OfficeContext
        value={officeOf(
          tools.session,
          tools.session.account.role === 'seat'
            ? [...stagedAnswers, ...missedAnswers(state)]
            : [
                ...[...stagedAnswers, ...figureAnswers, ...callAnswers(tools), ...questionAnswers(tools)],
                ...[...(await deskAnswers(tools, state)), ...(await planAnswers(tools, state))],
                ...lookAnswers(tools.channel.state.get().floor),
                ...(page === 'operator' ? [...(await nodesAnswers(count)), ...hookAnswers] : []),
                ...(await ownerAnswers(tools, state)),
              ],
          tools.api,
          page === 'office' ? briefingsOf(tools, state) : [],
        )}
      >
        <InboxContext value={inboxToolsOf(tools.session, state)}>
          <BriefingContext value={tools}>
            <MissedProvider>
              <Page {...(page === 'office' && state === 'ended' && { ended: over })} />
              {page === 'commune' && <AirInvitation />}
            </MissedProvider>
          </BriefingContext>
        </InboxContext>
      </OfficeContext>
    </OutboxProvider>
  );
}

const root = document.getElementById('root');
const shown = await view();
// Of all code that has come.
await loadWords(initial.language);
if (root)
  createRoot(root).render(
    <PreferencesProvider initial={initial}>
      <InstallationProvider api={{ installation: async () => ({ demo: false, supportTelephone: '024 3823 1234' }) }}>
        {/record-full/.test(state) && <RecordSign api={{ record: new Store({ writable: false }) }} />}
        <Announcer>
          <ToastProvider>{shown}</ToastProvider>
        </Announcer>
      </InstallationProvider>
    </PreferencesProvider>,
  );
await press(state);
