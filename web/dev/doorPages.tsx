import type { ReactNode } from 'react';
import { ApiError } from '../src/api/ApiError.ts';
import { Boundary } from '../src/app/Boundary.tsx';
import { Moved } from '../src/app/Moved.tsx';
import { OutOfBriefing } from '../src/app/OutOfBriefing.tsx';
import { Refused } from '../src/app/Refused.tsx';
import { Store } from '../src/lib/Store.ts';
import { BriefingContext, type BriefingTools } from '../src/session/BriefingContext.tsx';
import { asScreen, onStage } from './stageFixtures.ts';

const Breaks = (): ReactNode => {
  throw new Error('Cannot read properties of undefined (reading "name")');
};
const offer = { name: 'Trần Thị Lan', unit: 'Văn phòng Chính phủ', login: 'lan.tran', shortest: 12 };

/** Pages before the door, and those that stand in the place of a page that cannot be shown. */
export async function doorPage(page: string, state: string): Promise<ReactNode | undefined> {
  if (page === 'signin') {
    const { default: SignIn } = await import('../src/app/SignIn.tsx');
    return (
      <SignIn
        api={{
          signInByPassword: () => Promise.reject(new ApiError('unauthenticated', 'fixture')),
          signInByCode: () => Promise.reject(new ApiError('code-unknown', 'fixture')),
        }}
        slip={undefined}
        onSession={() => undefined}
      />
    );
  }
  if (page === 'password') {
    const { default: SetPassword } = await import('../src/app/SetPassword.tsx');
    return <SetPassword api={{ ask: (async () => offer) as never }} secret={state.padEnd(32, 'x')} />;
  }
  if (page !== 'refused') return undefined;
  if (state === 'broken')
    return (
      <Boundary>
        <Breaks />
      </Boundary>
    );
  if (state === 'moved') return <Moved />;
  const reason = state === 'none' ? 'link-used' : state;
  return <Refused error={new ApiError(reason as 'link-used', 'fixture')} />;
}

/** What a device shows that is out of the briefing. */
export const outOf = (tools: BriefingTools, farewell: string): ReactNode => {
  const channel = new Store({ ...tools.channel.state.get(), farewell: farewell as 'replaced' });
  return (
    <OutOfBriefing
      media={tools.media}
      channel={{ ...tools.channel, state: channel }}
      onAgain={() => undefined}
      onSessionEnded={() => undefined}
    >
      {null}
    </OutOfBriefing>
  );
};

/** `/programme` in its states. */
export async function screenPage(tools: BriefingTools, state: string): Promise<ReactNode> {
  const { ProgrammePage } = await import('../src/pages/programme/ProgrammePage.tsx');
  const { AskingCard, IdleCard, PairingCard } = await import('../src/screen/ScreenCard.tsx');
  const { briefing } = tools.channel.state.get();
  if (state === 'pairing') return <PairingCard code="48201937" />;
  if (state === 'asking') return <AskingCard />;
  if (state === 'idle-late')
    return <IdleCard next={{ ...briefing, scheduledAt: new Date(Date.now() - 900_000).toISOString() }} />;
  if (state === 'idle') return <IdleCard next={briefing} />;
  if (state === 'idle-none') return <IdleCard next={undefined} />;
  const shown = asScreen(state === 'empty' ? tools : onStage(tools, state));
  return (
    <BriefingContext value={shown}>
      <ProgrammePage />
    </BriefingContext>
  );
}
