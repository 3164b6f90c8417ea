import { useCallback, useEffect, useMemo, useState } from 'react';
import { z } from 'zod';
import { ApiError, isPassing } from '../../api/ApiError.ts';
import { type FigureCard, type FigureCrossing, type Indicator, indicatorListSchema } from '../../api/contract.ts';
import { useChannel, useTools } from '../../session/BriefingContext.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { crossedWith } from './crossedWith.ts';
import { followedOf, missingOf, watchedOf } from './followedOf.ts';

const choiceSchema = z.array(z.string());

/** A figure that is followed here, with its card as it was last told. */
export interface Figure {
  readonly indicator: Indicator;
  readonly card: FigureCard;
}

export interface Figures {
  /** In the order of `all`. */
  readonly shown: readonly Figure[];
  readonly all: readonly Indicator[];
  /** FG146: those that are followed, and of which nothing was ever said; in the order of `all`. */
  readonly missing: readonly Indicator[];
  /** FG96: units that came into another class, the newest first. */
  readonly crossed: readonly FigureCrossing[];
  /** FG101: those that may be seen here no more since this page was opened. */
  readonly unseen: readonly Indicator[];
  /** Whether it is known which of them have values. */
  readonly read: boolean;
  /** Codes of those of which it is known whether they have values. */
  readonly answered: readonly string[];
  /** Codes of those that are followed. */
  readonly followed: readonly string[];
  /** From now on, and on this computer the next time too. */
  readonly follow: (codes: readonly string[]) => void;
}

const AGAIN_MS = 5_000;
const LOOK_MS = 30_000;

/**
 * The figures of a territory, kept up to date by ticks; none where nothing is followed.
 * @param opened code of one that is looked at, whether it is followed or not
 */
export function useFigures(root: string, opened?: string): Figures {
  const { channel, session } = useTools();
  const { api } = useOffice();
  const { link } = useChannel();
  const kept = `dh.figures.${session.account.id}`;
  const [all, setAll] = useState<readonly Indicator[]>([]);
  const [chosen, setChosen] = useState(() => recallChoice(kept));
  const [cards, setCards] = useState<ReadonlyMap<string, FigureCard>>();
  const [answered, setAnswered] = useState<readonly string[]>([]);
  const [crossed, setCrossed] = useState<readonly FigureCrossing[]>([]);
  const [unseen, setUnseen] = useState<readonly Indicator[]>([]);
  const followed = useMemo(() => followedOf(all, chosen), [all, chosen]);
  const isThere = all.some(({ code }) => code === opened);
  const watched = useMemo(() => watchedOf(followed, isThere ? opened : undefined), [followed, opened, isThere]);

  useEffect(() => {
    if (link !== 'online') return;
    return untilDone(async (stopped) => {
      const told = await api.ask('/api/figures/indicators', indicatorListSchema);
      if (stopped()) return undefined;
      setAll(told.indicators);
      const codes = new Set(told.indicators.map(({ code }) => code));
      setUnseen((before) => before.filter(({ code }) => !codes.has(code)));
      // Where nothing is followed yet somebody may begin to.
      return told.indicators.length === 0 ? LOOK_MS : undefined;
    });
  }, [api, link]);
  useEffect(
    () =>
      channel.on('figures', ({ cards: changed, crossed: news, unseen: codes = [] }) => {
        setCards((before) => new Map([...(before ?? []), ...changed.map((card) => [card.indicator, card] as const)]));
        if (news) setCrossed((before) => crossedWith(before, news));
        const gone = all.filter(({ code }) => codes.includes(code));
        if (gone.length === 0) return;
        setAll((before) => before.filter(({ code }) => !codes.includes(code)));
        setCrossed((before) => before.filter(({ indicator }) => !codes.includes(indicator)));
        setUnseen((before) => [...before, ...gone]);
      }),
    [channel, all],
  );
  useEffect(() => {
    if (link !== 'online' || watched.length === 0) return;
    return untilDone(async (stopped) => {
      const told = await channel.act('figures.watch', { indicators: [...watched], root });
      if (stopped()) return undefined;
      setCards(new Map(told.cards.map((card) => [card.indicator, card])));
      setAnswered(watched);
      setCrossed(told.crossed ?? []);
      return undefined;
    });
  }, [channel, link, root, watched]);
  const follow = useCallback(
    (codes: readonly string[]): void => {
      setChosen(codes);
      keepChoice(kept, codes);
    },
    [kept],
  );
  return useMemo(() => {
    const shown = all.flatMap((indicator) => {
      const card = watched.includes(indicator.code) && cards?.get(indicator.code);
      return card ? { indicator, card } : [];
    });
    const missing = missingOf(all, { followed, answered }, (code) => cards?.has(code) === true);
    return { shown, missing, all, crossed, unseen, read: cards !== undefined, answered, followed, follow };
  }, [all, cards, crossed, unseen, answered, followed, watched, follow]);
}

/**
 * Again after a while, as long as what keeps it from being done passes.
 * @param work says after how many milliseconds it is to be done again, if it is
 * @returns what ends it
 */
function untilDone(work: (stopped: () => boolean) => Promise<number | undefined>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const go = (): void => {
    const again = (ms: number | undefined): void => {
      if (!stopped && ms !== undefined) timer = setTimeout(go, ms);
    };
    work(() => stopped).then(again, (error: unknown) =>
      again(error instanceof ApiError && isPassing(error) ? AGAIN_MS : undefined),
    );
  };
  go();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

function recallChoice(kept: string): readonly string[] | undefined {
  try {
    return choiceSchema.safeParse(JSON.parse(localStorage.getItem(kept) ?? 'null')).data;
  } catch {
    return undefined;
  }
}

function keepChoice(kept: string, codes: readonly string[]): void {
  try {
    localStorage.setItem(kept, JSON.stringify(codes));
  } catch {
    // It lasts as long as this page.
  }
}
