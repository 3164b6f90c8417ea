import { useEffect, useState } from 'react';
import type { ActAnswer } from '../../api/contract.ts';
import { useTools } from '../../session/BriefingContext.tsx';
import { usePast } from './past/Past.tsx';

type Told = Pick<ActAnswer<'figures.series'>, 'points' | 'breaks' | 'revised'>;

/** A series with what is marked in it, by places in it. */
export interface SeriesTold {
  readonly points: Told['points'];
  /** FG62 */
  readonly breaks: readonly number[];
  /** FG100 */
  readonly revised: readonly number[];
}

/** The last periods of a unit; read again when its figures have moved. @param n as of which they are */
export function useSeries(
  indicator: string,
  unit: string,
  n: number,
): { readonly told: SeriesTold | undefined; readonly failed: boolean } {
  const { channel } = useTools();
  const past = usePast() !== undefined;
  const [told, setTold] = useState<{ readonly of: string; readonly series: Told | undefined }>();
  const of = past ? `${unit} ${n}` : unit;
  useEffect(() => {
    let stopped = false;
    channel.act('figures.series', { indicator, unit, periods: 28, ...(past && { n }) }).then(
      (series) => stopped || setTold({ of, series }),
      () => stopped || setTold({ of, series: undefined }),
    );
    return () => {
      stopped = true;
    };
  }, [channel, indicator, unit, of, n, past]);
  const own = told?.of === of ? told : undefined;
  const { series } = own ?? {};
  return { told: series && placed(series), failed: own !== undefined && series === undefined };
}

function placed({ points, breaks, revised = [] }: Told): SeriesTold {
  const placesOf = (periods: readonly string[]): number[] => {
    const named = new Set(periods);
    return points.flatMap(({ period }, i) => (named.has(period) ? [i] : []));
  };
  return { points, breaks: placesOf(breaks), revised: placesOf(revised) };
}
