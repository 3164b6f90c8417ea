import { useEffect, useMemo, useRef, useState } from 'react';
import type { PresenceCount, PresenceRow } from '../../api/contract.ts';
import type { RosterView } from '../../organisation/rosterView.ts';
import { useChannel, useTools } from '../../session/BriefingContext.tsx';
import type { PresenceFilter } from './presenceFilters.ts';
import { queryOf } from './presenceFilters.ts';

interface Rows {
  readonly rows: readonly PresenceRow[];
  readonly phase: 'loading' | 'ready' | 'failed';
}

const PAGE = 500;
/** A territory that changes all the time is read again at most this often; large ones more rarely. */
const refreshAfter = (rows: number): number => (rows > 2000 ? 10_000 : 2_000);

/**
 * All rows of a territory that fit the filter, read page by page and read again after changes: in path order, and as soon
 * as names are there in natural order (UN12).
 * @param count of the territory, if a change elsewhere is no reason to read again
 */
export function usePresenceRows(
  root: string,
  filter: PresenceFilter,
  roster: RosterView | undefined,
  count?: PresenceCount,
): Rows {
  const { channel } = useTools();
  const { presenceAt, link } = useChannel();
  const news = count ?? presenceAt;
  const [state, setState] = useState<Rows>({ rows: [], phase: 'loading' });
  const loaded = useRef({ at: 0, filter: '', rows: 0 });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a tick of the counts is what makes the rows old
  useEffect(() => {
    if (link !== 'online') return;
    let stopped = false;
    const first = loaded.current.filter !== filter;
    const load = async (): Promise<void> => {
      const rows: PresenceRow[] = [];
      let after: string | null | undefined;
      do {
        const page = await channel.act('presence.list', {
          root,
          ...queryOf(filter),
          limit: PAGE,
          ...(after && { after }),
        });
        if (stopped) return;
        rows.push(...page.rows);
        after = page.next;
        // The first look grows as it is read; later ones are swapped whole, so that nothing jumps.
        if (first) setState({ rows: [...rows], phase: after ? 'loading' : 'ready' });
      } while (after);
      loaded.current = { at: performance.now(), filter, rows: rows.length };
      setState({ rows, phase: 'ready' });
    };
    if (first) setState({ rows: [], phase: 'loading' });
    const wait = first ? 0 : Math.max(0, loaded.current.at + refreshAfter(loaded.current.rows) - performance.now());
    const timer = setTimeout(() => {
      load().catch(() => stopped || setState((before) => ({ ...before, phase: 'failed' })));
    }, wait);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [channel, root, filter, link, news]);
  return useMemo(() => (roster ? { ...state, rows: inOrder(state.rows, roster) } : state), [state, roster]);
}

const inOrder = (rows: readonly PresenceRow[], { rank }: RosterView): readonly PresenceRow[] =>
  rows.toSorted((a, b) => rank(a.unit) - rank(b.unit));
