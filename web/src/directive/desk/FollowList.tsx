import { useCallback, useEffect, useMemo, useState } from 'react';
import { type DirectiveCount, type DirectiveItem, type FollowState, followStateSchema } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import type { RosterView } from '../../organisation/rosterView.ts';
import { useOffice } from '../../session/OfficeContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { More } from '../../ui/More.tsx';
import { usePages } from '../../ui/usePages.ts';
import { listWords } from '../../ui/words/lists.vi.ts';
import { directiveDeskWords } from '../words/desk.vi.ts';
import { directiveWords } from '../words/directive.vi.ts';
import { FollowRow } from './FollowRow.tsx';
import { issuerApi } from './issuerApi.ts';

interface FollowListProps {
  readonly directive: DirectiveItem['directive'];
  /** The unit whose addressees are listed, and how they stand. */
  readonly total: DirectiveCount;
  /** Given by the own side, which answers questions. */
  readonly ours: boolean;
  readonly onCall: ((unit: string, name: string) => void) | undefined;
  readonly roster: RosterView | undefined;
}
type Filter = 'all' | 'overdue' | FollowState;

/** The addressees themselves: by state, each with what it said; questions are answered here. */
export function FollowList({ directive, total, ours, onCall, roster }: FollowListProps) {
  const { t: lists } = useText(listWords);
  const d = useText(directiveDeskWords).t.board;
  const { t, number } = useText(directiveWords);
  const { t: problems } = useText(problemWords);
  const { api } = useOffice();
  const asking = (total.states.question ?? 0) > 0;
  const [chosen, setChosen] = useState<Filter>();
  // Questions wait for an answer: they are what is shown first.
  const [first] = useState<Filter>(asking ? 'question' : 'all');
  const filter = chosen ?? first;
  const load = useCallback(
    (after: string | undefined) => {
      const wanted = filter === 'all' ? {} : filter === 'overdue' ? { timing: filter } : { state: filter };
      return issuerApi.follows(api, directive.id, total.unit, wanted, after);
    },
    [api, directive.id, total.unit, filter],
  );
  const pages = usePages(load);
  const { refresh } = pages;
  const standing = JSON.stringify([total.states, total.overdue]);
  // The sums have changed, so has the list.
  // biome-ignore lint/correctness/useExhaustiveDependencies: that is what it waits for
  useEffect(() => {
    const timer = setTimeout(refresh, REFRESH_MS);
    return () => clearTimeout(timer);
  }, [standing]);
  const filters = useMemo<readonly (readonly [Filter, number])[]>(
    () => [
      ['all', total.addressees],
      ...(total.overdue > 0 ? [['overdue', total.overdue] as const] : []),
      ...followStateSchema.options
        .filter((state) => (total.states[state] ?? 0) > 0 || state === filter)
        .map((state) => [state, total.states[state] ?? 0] as const),
    ],
    [total, filter],
  );
  return (
    <section className="follows" aria-label={d.list}>
      <fieldset className="chips" aria-label={d.filter}>
        {filters.map(([name, count]) => (
          <label key={name} className="chip">
            <input type="radio" name="follows" checked={filter === name} onChange={() => setChosen(name)} />
            {name === 'all' ? d.everyone : name === 'overdue' ? d.overdue : t.state[name]}
            <span className="num soft">{number(count)}</span>
          </label>
        ))}
      </fieldset>
      {pages.phase === 'loading' && <p className="soft">{lists.loading}</p>}
      {pages.phase === 'failed' && <p className="stale">{lists.failed(sentence(pages.error, problems))}</p>}
      {pages.phase === 'ready' && pages.items.length === 0 && <p className="soft empty">{lists.none}</p>}
      <ul>
        {pages.items.map((follow) => (
          <FollowRow
            key={follow.unit}
            directive={directive}
            follow={follow}
            ours={ours}
            within={roster?.within(follow.path)}
            onReplied={refresh}
            onCall={onCall}
          />
        ))}
      </ul>
      <More of={pages} />
    </section>
  );
}

const REFRESH_MS = 1_000;
