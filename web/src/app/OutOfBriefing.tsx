import { LoaderCircle } from 'lucide-react';
import { type ReactNode, Suspense } from 'react';
import { RehearsalSign } from '../briefing/RehearsalSign.tsx';
import { ScheduleNews } from '../briefing/ScheduleSign.tsx';
import { useText } from '../i18n/useText.tsx';
import type { BriefingTools } from '../session/BriefingContext.tsx';
import { lazyRetried } from '../ui/lazyRetried.tsx';
import { Message } from '../ui/Message.tsx';
import { useStore } from '../ui/useStore.ts';
import { uiWords } from '../ui/words/ui.vi.ts';

const LeftBriefing = lazyRetried(() => import('./LeftBriefing.tsx'));

interface OutOfBriefingProps {
  readonly media: BriefingTools['media'];
  readonly channel: BriefingTools['channel'];
  readonly onAgain: () => void;
  readonly onSessionEnded: () => void;
  readonly children: ReactNode;
}

/** How a device came to be out of a briefing. */
export type Out = 'session-ended' | 'moved' | 'removed' | 'closed' | 'replaced' | 'refused';

/** The page, and what stands in its place once this device is out of the briefing. */
export function OutOfBriefing({ media, channel, onAgain, onSessionEnded, children }: OutOfBriefingProps) {
  const { t: ui } = useText(uiWords);
  const { ended, error } = useStore(media.state);
  const { farewell, briefing, refusal } = useStore(channel.state);

  function how(): Out | undefined {
    // Whose session ended is put out of the media room as well.
    if (farewell === 'session-ended' || farewell === 'moved') return farewell;
    if (farewell === 'removed' || ended === 'removed') return 'removed';
    if (farewell === 'briefing-closed' || ended === 'closed' || briefing.state === 'closed') return 'closed';
    if (farewell === 'replaced' || ended === 'replaced') return 'replaced';
    return ended === 'refused' || refusal ? 'refused' : undefined;
  }

  const out = how();
  if (out)
    return (
      <Suspense fallback={<Message icon={LoaderCircle} title={ui.loading} />}>
        <LeftBriefing {...{ how: out, briefing, onAgain, onSessionEnded }} error={error ?? refusal} />
      </Suspense>
    );
  return (
    <>
      <RehearsalSign rehearsal={briefing.rehearsal} />
      <ScheduleNews briefing={briefing} />
      {children}
    </>
  );
}
