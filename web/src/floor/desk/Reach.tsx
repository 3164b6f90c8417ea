import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { useChannel } from '../../session/BriefingContext.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { readCallHelp } from './callRequests.ts';
import { ReachCard } from './ReachCard.tsx';
import { useCall } from './useCall.ts';

interface Reaching {
  /**
   * Calls a unit where it would ring; otherwise shows what helps. Done when it rings, or that is shown.
   * @param selection by a figure, from which it comes
   */
  call(unit: string, name: string, selection?: string): Promise<void>;
  /** What helps where nobody is. */
  about(unit: string, name: string): void;
  /** Whoever goes on with something else needs that no more, and it would lie over it. */
  close(): void;
}
const ReachContext = createContext<Reaching | undefined>(undefined);

/** Above a page of officials: whatever list offers a call, none of them ends where nobody is. */
export function ReachProvider({ children }: { children: ReactNode }) {
  const { api } = useOffice();
  const { briefing } = useChannel();
  const { call: ring } = useCall();
  const [shown, setShown] = useState<{ unit: string; name: string; selection?: string | undefined }>();
  const about = useCallback(
    (unit: string, name: string, selection?: string) => setShown({ unit, name, selection }),
    [],
  );
  const call = useCallback(
    async (unit: string, name: string, selection?: string): Promise<void> => {
      // Who can't be asked about is called all the same: the server says what came of it.
      const help = await readCallHelp(api, briefing.id, unit).catch(() => undefined);
      if (help && help.unit.callable !== 'now') return about(unit, name, selection);
      const started = await ring(unit, name, selection);
      if (started?.state === 'not-connected') about(unit, name, selection);
      else if (started) setShown(undefined);
    },
    [api, briefing.id, ring, about],
  );
  const close = useCallback(() => setShown(undefined), []);
  const reaching = useMemo(() => ({ call, about, close }), [call, about, close]);
  return (
    <ReachContext value={reaching}>
      {children}
      {shown && (
        <ReachCard
          key={shown.unit}
          unit={shown.unit}
          name={shown.name}
          onCall={(unit, name) => void call(unit, name, unit === shown.unit ? shown.selection : undefined)}
          onClose={close}
        />
      )}
    </ReachContext>
  );
}

export function useReach(): Reaching {
  const reaching = useContext(ReachContext);
  if (!reaching) throw new Error('useReach needs a ReachProvider above');
  return reaching;
}
