import { useEffect, useState } from 'react';
import type { ActAnswer } from '../../api/contract.ts';
import { useTools } from '../../session/BriefingContext.tsx';
import { usePast } from './past/Past.tsx';

type Told = Pick<ActAnswer<'figures.series'>, 'points' | 'breaks'>;

/** The last periods of a unit; read again when its figures have moved. @param n as of which they are */
export function useSeries(indicator: string, unit: string, n: number) {
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
  const { points, breaks = [] } = own?.series ?? {};
  const at = new Set(breaks);
  return {
    points,
    /** FG62: their positions. */
    breaks: points?.flatMap(({ period }, i) => (at.has(period) ? [i] : [])),
    failed: own !== undefined && own.series === undefined,
  };
}
