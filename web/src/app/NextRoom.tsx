import { DoorOpen } from 'lucide-react';
import { useCallback } from 'react';
import { useText } from '../i18n/useText.tsx';
import { serverNow } from '../lib/serverClock.ts';
import { isOpen, nextBriefing } from '../minutes/nextBriefing.ts';
import { useOffice } from '../session/OfficeContext.tsx';
import { Message } from '../ui/Message.tsx';
import { usePolled } from '../ui/usePolled.ts';
import { nextRoomWords } from './words/nextRoom.vi.ts';

/** How late an open room is seen; as at the door. */
const LOOK_MS = 15_000;

/** BR11: after a briefing, the way to the door of the next one. @param after the one that ended */
export default function NextRoom({ after }: { after: string }) {
  const { t, day } = useText(nextRoomWords);
  const { api } = useOffice();
  const { value } = usePolled(
    useCallback(() => api.briefings(), [api]),
    LOOK_MS,
  );
  const next = nextBriefing(value ?? [], after, serverNow());
  if (!next) return null;
  const isThere = isOpen(next.state);
  return (
    <Message icon={DoorOpen} title={isThere ? t.isOpen : t.comes} body={`${next.title}: ${day(next.scheduledAt)}`}>
      {/* The page begins anew at the door: nothing of the briefing that ended is left in it. */}
      <button type="button" className="button primary" onClick={() => window.location.reload()}>
        {isThere ? t.enter : t.wait}
      </button>
    </Message>
  );
}
