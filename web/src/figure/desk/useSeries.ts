import { useEffect, useState } from 'react';
import type { ActAnswer } from '../../api/contract.ts';
import { useTools } from '../../session/BriefingContext.tsx';

type Points = ActAnswer<'figures.series'>['points'];

/** The last periods of a unit; read again when its figures have moved. @param n as of which they are */
export function useSeries(indicator: string, unit: string, n: number) {
  const { channel } = useTools();
  const [told, setTold] = useState<{ readonly unit: string; readonly points: Points | undefined }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: N is what makes a series old
  useEffect(() => {
    let stopped = false;
    channel.act('figures.series', { indicator, unit, periods: 28 }).then(
      ({ points }) => stopped || setTold({ unit, points }),
      () => stopped || setTold({ unit, points: undefined }),
    );
    return () => {
      stopped = true;
    };
  }, [channel, indicator, unit, n]);
  const own = told?.unit === unit ? told : undefined;
  return { points: own?.points, failed: own !== undefined && own.points === undefined };
}
