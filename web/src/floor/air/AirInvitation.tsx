import { Suspense, useEffect } from 'react';
import { useChannel } from '../../session/BriefingContext.tsx';
import { lazyRetried, loadRetried } from '../../ui/lazyRetried.tsx';
import { useMine } from '../useMine.ts';

const load = () => import('./AirCount.tsx');
const AirCount = lazyRetried(load);

/** FL21: on whichever page it is, over everything but a call that rings. */
export function AirInvitation() {
  const { ring } = useChannel();
  const { speaker, hand } = useMine();
  const isNear = speaker !== undefined || hand !== undefined;
  useEffect(() => {
    if (isNear) void loadRetried(load).catch(() => undefined);
  }, [isNear]);
  const invited = speaker?.place === 'green' ? speaker.invited : undefined;
  if (!invited || invited.declined || ring) return null;
  return (
    <Suspense fallback={null}>
      <AirCount key={invited.at} invited={invited} />
    </Suspense>
  );
}
