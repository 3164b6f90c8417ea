import { useEffect, useState } from 'react';
import type { ActAnswer, EntryPage } from '../../api/contract.ts';
import { type BriefingTools, useChannel, useTools } from '../../session/BriefingContext.tsx';

/** Of larger places only the states are read: a list of ten thousand is looked through, not read. */
export const NEARBY_UNITS = 1_000;
const LOOK_MS = 3_000;
const PAGE = 500;

type EntryRow = EntryPage['entries'][number];
export interface Nearby {
  /** When, by whom, with which note. */
  readonly entries: ReadonlyMap<string, EntryRow>;
  /** Units with a device in the room: they can be called. */
  readonly here: ReadonlySet<string>;
}

/** Details of one small place, read again while it is shown. @param place its code; undefined: nothing is read */
export function useNearby(round: string, place: string | undefined, wish: unknown): Nearby | undefined {
  const { channel } = useTools();
  const { link } = useChannel();
  const [state, setState] = useState<{ of: string; nearby: Nearby }>();
  const of = `${round} ${place}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a wish looks at once
  useEffect(() => {
    if (place === undefined || link !== 'online') return;
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      try {
        const [entries, rows] = await Promise.all([entriesIn(channel, round, place), hereIn(channel, place)]);
        if (stopped) return;
        setState({ of: `${round} ${place}`, nearby: { entries, here: new Set(rows) } });
      } catch {
        // What was read stays; the wall says that it could not be read.
      }
      if (!stopped) timer = setTimeout(() => void look(), LOOK_MS);
    };
    void look();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [channel, link, round, place, wish]);
  return state?.of === of ? state.nearby : undefined;
}

async function entriesIn(channel: BriefingTools['channel'], round: string, root: string) {
  const entries = new Map<string, EntryRow>();
  let after: string | null | undefined;
  do {
    const page: ActAnswer<'round.entries'> = await channel.act('round.entries', {
      round,
      root,
      limit: PAGE,
      ...(after && { after }),
    });
    for (const entry of page.entries) entries.set(entry.unit, entry);
    after = page.next;
  } while (after);
  return entries;
}

async function hereIn(channel: BriefingTools['channel'], root: string): Promise<string[]> {
  const here: string[] = [];
  let after: string | null | undefined;
  do {
    const page: ActAnswer<'presence.list'> = await channel.act('presence.list', {
      root,
      states: ['here'],
      limit: PAGE,
      ...(after && { after }),
    });
    here.push(...page.rows.map(({ unit }) => unit));
    after = page.next;
  } while (after);
  return here;
}
