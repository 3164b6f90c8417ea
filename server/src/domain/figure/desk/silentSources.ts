import type { FigureSource } from '../../../protocol/figureDefinition.ts';
import { kindOf } from '../definitions.ts';
import type { FigureDefinitions } from '../facts.ts';
import { dueOf } from '../form/openPeriods.ts';
import { periodAfter } from '../periods.ts';

/** The newest period of an indicator of which a source has said anything, and the batch that did so first. */
export interface LastWord {
  readonly source: string;
  readonly indicator: string;
  /** Moments in milliseconds since 1970. */
  readonly period: number;
  readonly n: number;
  readonly at: number;
}

/** FG13: who should have spoken and did not. */
export interface SilentSource {
  readonly source: FigureSource;
  /** Of which indicators, with what was said of each last. */
  readonly of: readonly LastWord[];
  /** Since when: the first that was due of what is missing. */
  readonly since: number;
  /** What it has said last of all. */
  readonly last: LastWord;
}

/**
 * FG13: sources that have spoken of an indicator and have said nothing of the period after, which is due; those first that
 * are silent for longest. Units that type in themselves are late one by one, and nobody is asked twice in a roll-call.
 */
export function silentSources(
  { indicators, sources }: FigureDefinitions,
  words: readonly LastWord[],
  now: number,
): readonly SilentSource[] {
  const silent = [...Map.groupBy(words, ({ source }) => source)].flatMap(([code, said]) => {
    const source = sources.get(code);
    if (!source || !['push', 'pull', 'upload'].includes(kindOf(source))) return [];
    const missed = said.flatMap((word) => {
      const indicator = source.indicators.includes(word.indicator) ? indicators.get(word.indicator) : undefined;
      const due =
        indicator && indicator.every !== 'once' && dueOf(indicator, periodAfter(indicator.every, word.period));
      return due && now >= due ? [{ word, due }] : [];
    });
    const [last] = said.toSorted((a, b) => b.n - a.n);
    if (missed.length === 0 || !last) return [];
    return [{ source, of: missed.map(({ word }) => word), since: Math.min(...missed.map(({ due }) => due)), last }];
  });
  return silent.sort((a, b) => a.since - b.since);
}
