import { useEffect, useState } from 'react';
import type { ActAnswer } from '../../api/contract.ts';
import { useTools } from '../../session/BriefingContext.tsx';
import { usePast } from './past/Past.tsx';

type Points = ActAnswer<'figures.series'>['points'];

/** The last periods of a unit; read again when its figures have moved. @param n as of which they are */
export function useSeries(indicator: string, unit: string, n: number) {
  const { channel } = useTools();
  const past = usePast() !== undefined;
  const [told, setTold] = useState<{ readonly of: string; readonly points: Points | undefined }>();
  const of = past ? `${unit} ${n}` : unit;
  useEffect(() => {
    let stopped = false;
    channel.act('figures.series', { indicator, unit, periods: 28, ...(past && { n }) }).then(
      ({ points }) => stopped || setTold({ of, points }),
      () => stopped || setTold({ of, points: undefined }),
    );
    return () => {
      stopped = true;
    };
  }, [channel, indicator, unit, of, n, past]);
  const own = told?.of === of ? told : undefined;
  return { points: own?.points, failed: own !== undefined && own.points === undefined };
}
