import { Suspense, useEffect } from 'react';
import { lazyRetried } from '../../ui/lazyRetried.tsx';
import { useStore } from '../../ui/useStore.ts';
import { useMissedBook } from './MissedContext.tsx';

const MissedCall = lazyRetried(() => import('./MissedCall.tsx'));

/**
 * Who looked for this unit while it was away (SC16): at each sign-in, until somebody here says that they have read it,
 * which goes on record. @param news changes when a call has ended, to look at once
 */
export function MissedCalls({ news }: { news?: unknown }) {
  const book = useMissedBook();
  const { calls } = useStore(book.state);
  useEffect(() => book.look(news !== undefined), [book, news]);
  return (
    <Suspense fallback={null}>
      {calls.map((call) => (
        <MissedCall key={call.id} call={call} onRead={() => book.read(call.id)} />
      ))}
    </Suspense>
  );
}
