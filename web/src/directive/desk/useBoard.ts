import { useCallback, useContext, useEffect, useState } from 'react';
import { BriefingContext } from '../../session/BriefingContext.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { type Polled, usePolled } from '../../ui/usePolled.ts';
import { type Board, issuerApi } from './issuerApi.ts';

/** Without an order channel the figures are read this often; with one, only in case a notice was lost. */
const POLL_MS = 10_000;
const SLOW_POLL_MS = 30_000;
/**
 * A part of the territory is not told by itself: it is read again when the whole has changed, not more often than this.
 */
const PART_MS = 2_000;

/**
 * How far a directive has come below one unit, as it changes.
 * @param directive undefined: nothing is asked
 * @param root left out: the territory of the account
 */
export function useBoard(directive: string | undefined, root?: string): Polled<Board> {
  const { api, session } = useOffice();
  const channel = useContext(BriefingContext)?.channel;
  const own = session.account.unit.code;
  const wanted = root ?? own;
  const load = useCallback(() => issuerApi.board(api, directive ?? '', wanted), [api, directive, wanted]);
  const read = usePolled(directive === undefined ? undefined : load, channel ? SLOW_POLL_MS : POLL_MS);
  const { value, reload } = read;
  const [told, setTold] = useState<{ since: Board; counts: Board['counts']; at: string }>();
  useEffect(() => {
    if (!channel) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const off = channel.on('directive.tick', (tick) => {
      if (tick.directive !== directive) return;
      if (wanted !== own) timer ??= setTimeout(again, PART_MS);
      else if (value)
        setTold((before) => ({
          since: value,
          counts: merge(before?.since === value ? before.counts : value.counts, tick.counts),
          at: tick.at,
        }));
    });
    const again = (): void => {
      timer = undefined;
      reload();
    };
    return () => {
      off();
      clearTimeout(timer);
    };
  }, [channel, directive, wanted, own, value, reload]);
  const current = value && told?.since === value ? { at: told.at, counts: told.counts } : value;
  return { ...read, value: current };
}

function merge(counts: Board['counts'], changed: Board['counts']): Board['counts'] {
  const byUnit = new Map(counts.map((count) => [count.unit, count]));
  for (const count of changed) byUnit.set(count.unit, count);
  return [...byUnit.values()];
}
