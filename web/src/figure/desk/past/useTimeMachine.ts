import { useCallback, useMemo, useState } from 'react';
import { type FigureStop, figurePastSchema, figureStopsSchema } from '../../../api/contract.ts';
import { zoned } from '../../../i18n/zone.ts';
import { serverNow } from '../../../lib/serverClock.ts';
import type { Figure } from '../useFigures.ts';
import type { PastMoment } from './Past.tsx';
import { dayOf, placeOf, type Stopped } from './stops.ts';
import { useAnswer } from './useAnswer.ts';

export interface TimeMachine {
  readonly open: boolean;
  readonly toggle: () => void;
  /** `2026-11-26`: the day whose stops are offered. */
  readonly day: string;
  /** To the stops of another day; nothing of it is looked at yet. */
  readonly setDay: (day: string) => void;
  /** undefined: not read yet. */
  readonly stops: readonly FigureStop[] | undefined;
  /** Earlier ones of that day are not among them. */
  readonly more: boolean;
  /** Of the stop that is looked at; behind the last: now. */
  readonly place: number;
  /** @param isAlong by the slider, which passes stops on its way */
  readonly go: (place: number, isAlong?: boolean) => void;
  /** undefined: now. */
  readonly at: string | undefined;
  /** What is known of that moment, once it was read. */
  readonly past: (PastMoment & { readonly recorded: string | null }) | undefined;
  /** The figure as it is now, or as it was known; undefined: not read yet, or there was none. */
  readonly seen: Figure | undefined;
  /** Of the map, which stays where it is while another moment is read. */
  readonly moment: PastMoment | undefined;
  readonly failed: boolean;
}
const NONE: readonly FigureStop[] = [];

/** FG80: goes back to what was known of a figure at a moment. One moment stands for all figures that are opened. */
export function useTimeMachine(figure: Figure | undefined): TimeMachine {
  const [open, setOpen] = useState(false);
  const [day, setDay] = useState(() => zoned(serverNow()).slice(0, 10));
  const [stopped, setStopped] = useState<Stopped>();
  const of = figure && `/api/figures/past/indicators/${figure.indicator.code}?root=${figure.card.unit}`;
  const { from, to } = useMemo(() => dayOf(day), [day]);
  const asked =
    open && figure ? `/api/figures/past/stops?indicator=${figure.indicator.code}&from=${from}&to=${to}` : undefined;
  // What comes meanwhile is a stop too; while somebody looks back, none moves.
  const list = useAnswer(asked, figureStopsSchema, { version: stopped ? undefined : figure?.card.n });
  const told = useAnswer(of && stopped && `${of}&at=${stopped.at}`, figurePastSchema, { isAlong: stopped?.isAlong });
  const stops = list.answer?.stops;
  const go = useCallback(
    (place: number, isAlong = false): void => {
      const stop = stops?.[place];
      setStopped(stop && { at: stop.at, place, isAlong });
    },
    [stops],
  );
  /** Where somebody stopped is of the day that they looked at. */
  const goToDay = useCallback((to: string): void => {
    setDay(to);
    setStopped(undefined);
  }, []);
  const toggle = useCallback((): void => {
    setOpen((before) => !before);
    setStopped(undefined);
  }, []);
  const { answer } = told;
  const past = stopped && answer && { at: stopped.at, n: answer.n, recorded: answer.at };
  const moment = stopped && (past ?? { at: stopped.at, n: 0 });
  const seen = !stopped ? figure : answer?.card && figure ? { ...figure, card: answer.card } : undefined;
  return {
    ...{ open, toggle, day, setDay: goToDay, stops, more: list.answer?.more ?? false, go, past, moment, seen },
    ...{ place: placeOf(stops ?? NONE, stopped), at: stopped?.at, failed: list.failed || told.failed },
  };
}
