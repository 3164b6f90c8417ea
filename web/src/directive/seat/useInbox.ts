import { useEffect, useMemo, useRef } from 'react';
import { useText } from '../../i18n/useText.tsx';
import { Store } from '../../lib/Store.ts';
import { useChannel, useTools } from '../../session/BriefingContext.tsx';
import { useAnnounce } from '../../ui/Announcer.tsx';
import { useToasts } from '../../ui/Toasts.tsx';
import { useStore } from '../../ui/useStore.ts';
import { awaitsAnswer, type InboxItem, inOrder, openActs } from '../openActs.ts';
import { directiveWords } from '../words/directive.vi.ts';
import type { InboxState } from './Inbox.ts';
import { useInboxTools } from './InboxContext.tsx';

const none = new Store<InboxState>({
  phase: 'ready',
  items: new Map(),
  unsent: new Map(),
  refused: new Map(),
  recorded: new Map(),
  all: false,
});

export interface InboxView extends InboxState {
  /** What is open, the one that must be answered first at the top. */
  readonly open: readonly InboxItem[];
  /** Finished, refused, taken back. */
  readonly closed: readonly InboxItem[];
  /** What must be answered and was not answered here. */
  readonly awaiting: readonly InboxItem[];
}

/** The unit's directives as a page shows them. */
export function useInbox(): InboxView {
  const inbox = useInboxTools();
  const state = useStore(inbox?.state ?? none);
  return useMemo(() => {
    const ordered = inOrder(state.items.values());
    const isOpen = (item: InboxItem): boolean => openActs(item).length > 0;
    return {
      ...state,
      open: ordered.filter(isOpen),
      closed: ordered.filter((item) => !isOpen(item)),
      awaiting: ordered.filter((item) => awaitsAnswer(item) && !state.unsent.has(item.directive.id)),
    };
  }, [state]);
}

/** In a briefing: hears what is new, says it aloud, and looks again after the line was down. */
export function useInboxInBriefing(): void {
  const { t } = useText(directiveWords);
  const { channel } = useTools();
  const { link } = useChannel();
  const inbox = useInboxTools();
  const announce = useAnnounce();
  const { tell } = useToasts();
  useEffect(() => inbox?.hear(channel), [inbox, channel]);
  useEffect(
    () =>
      channel.on('directive', ({ number, year, title, state }) => {
        if (state === 'issued') announce(t.arrived(t.number(number, year), title), 'assertive');
      }),
    [channel, announce, t],
  );
  useEffect(
    () =>
      channel.on('directive.reminder', ({ number, year, title, moment }) => {
        const text = t.remind[moment](t.number(number, year), title);
        tell({ text, tone: moment === 'deadline' ? 'bad' : 'good' });
      }),
    [channel, tell, t],
  );
  const wasDown = useRef(false);
  useEffect(() => {
    if (link === 'reconnecting') wasDown.current = true;
    else if (link === 'online' && wasDown.current) {
      wasDown.current = false;
      void inbox?.load();
    }
  }, [inbox, link]);
}
