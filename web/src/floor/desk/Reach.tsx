import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { useChannel } from '../../session/BriefingContext.tsx';
import { useOffice } from '../../session/OfficeContext.tsx';
import { useAct } from '../../session/useAct.ts';
import { readCallHelp } from './callRequests.ts';
import { ReachCard } from './ReachCard.tsx';

interface Reaching {
  /** Calls a unit where it would ring; otherwise shows what helps. */
  call(unit: string, name: string): void;
  /** What helps where nobody is. */
  about(unit: string, name: string): void;
}
const ReachContext = createContext<Reaching | undefined>(undefined);

/** Above a page of officials: whatever list offers a call, none of them ends where nobody is. */
export function ReachProvider({ children }: { children: ReactNode }) {
  const { api } = useOffice();
  const { briefing } = useChannel();
  const { run } = useAct();
  const [shown, setShown] = useState<{ unit: string; name: string }>();
  const about = useCallback((unit: string, name: string) => setShown({ unit, name }), []);
  const call = useCallback(
    (unit: string, name: string): void => {
      const go = async (): Promise<void> => {
        // Who can't be asked about is called all the same: the server says what came of it.
        const help = await readCallHelp(api, briefing.id, unit).catch(() => undefined);
        if (help && help.unit.callable !== 'now') return about(unit, name);
        const started = await run('call.start', { unit }, unit);
        if (started?.state === 'not-connected') about(unit, name);
        else if (started) setShown(undefined);
      };
      void go();
    },
    [api, briefing.id, run, about],
  );
  const reaching = useMemo(() => ({ call, about }), [call, about]);
  return (
    <ReachContext value={reaching}>
      {children}
      {shown && <ReachCard key={shown.unit} {...shown} onCall={call} onClose={() => setShown(undefined)} />}
    </ReachContext>
  );
}

export function useReach(): Reaching {
  const reaching = useContext(ReachContext);
  if (!reaching) throw new Error('useReach needs a ReachProvider above');
  return reaching;
}
