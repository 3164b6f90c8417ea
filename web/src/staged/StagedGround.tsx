import { Suspense } from 'react';
import { lazyRetried } from '../ui/lazyRetried.tsx';
import { StagedMap, type StagedMapProps } from './StagedMap.tsx';

// Most installations have no borders, and most of a briefing is faces.
const StagedBorders = lazyRetried(() => import('./borders/StagedBorders.tsx'));

/** The map of what is on the stage: by borders where there are some (FG121), and of tiles until they have come. */
export function StagedGround(props: StagedMapProps) {
  const tiles = <StagedMap {...props} />;
  const { ground } = props.shown;
  if (ground === undefined) return tiles;
  return (
    <Suspense fallback={tiles}>
      <StagedBorders {...props} sha256={ground}>
        {tiles}
      </StagedBorders>
    </Suspense>
  );
}
