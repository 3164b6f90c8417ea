import { type ReactNode, useCallback, useState } from 'react';
import type { Briefing, Directive } from '../../api/contract.ts';
import type { RosterView } from '../../organisation/rosterView.ts';
import { useOffice } from '../../session/OfficeContext.tsx';
import { useStore } from '../../ui/useStore.ts';
import { BoardPage } from './BoardPage.tsx';
import { Compose } from './Compose.tsx';
import { addressed, type Draft, DraftStore, emptyDraft, isBlank } from './draft.ts';
import { IssuedList } from './IssuedList.tsx';

interface DirectiveDeskProps {
  readonly briefing: Briefing | undefined;
  /** Opened to write at once. */
  readonly composing?: boolean;
  /** What was chosen before it was opened. */
  readonly begun?: Partial<Draft> | undefined;
  readonly onCall?: ((unit: string, name: string) => void) | undefined;
  readonly roster: RosterView | undefined;
  /** The files of one directive. */
  readonly exportsOf: (directive: string) => ReactNode;
}
type View = { kind: 'list' } | { kind: 'compose' } | { kind: 'board'; directive: Directive };

/** The officials' side of directives: what was given, one of them in full, and a new one. */
export function DirectiveDesk({ briefing, composing = false, begun, onCall, roster, exportsOf }: DirectiveDeskProps) {
  const { session } = useOffice();
  const [store] = useState(() => storeWith(session.account.id, begun));
  const draft = useStore(store);
  const [view, setView] = useState<View>({ kind: composing ? 'compose' : 'list' });
  const toList = useCallback(() => setView({ kind: 'list' }), []);
  const open = (directive: Directive): void => setView({ kind: 'board', directive });
  switch (view.kind) {
    case 'compose':
      return <Compose briefing={briefing} store={store} onBack={toList} onGiven={open} />;
    case 'board':
      return (
        <BoardPage
          key={view.directive.id}
          directive={view.directive}
          onBack={toList}
          onChanged={open}
          onCall={onCall}
          roster={roster}
          exportsOf={exportsOf}
          onSupersede={() => {
            const { id, number, year, title, text } = view.directive;
            // To whom is chosen anew: nobody is reached by oversight.
            store.change({ ...emptyDraft(), title, text, to: 'units', supersedes: { id, number, year } });
            setView({ kind: 'compose' });
          }}
        />
      );
    case 'list':
      return (
        <IssuedList
          briefing={briefing}
          hasDraft={!isBlank(draft)}
          onCompose={() => setView({ kind: 'compose' })}
          onOpen={open}
        />
      );
  }
}

/** What is written already stays, files too; not the list of those to whom it goes no more. */
function storeWith(account: string, begun: Partial<Draft> | undefined): DraftStore {
  const store = new DraftStore(account);
  if (!begun) return store;
  const { to = null, ...rest } = begun;
  store.change(addressed(store.get(), { to, ...rest }));
  return store;
}
