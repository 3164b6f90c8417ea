import { useEffect, useRef } from 'react';
import { useText } from '../../i18n/useText.tsx';
import type { RosterView } from '../../organisation/rosterView.ts';
import { useChannel } from '../../session/BriefingContext.tsx';
import { useToasts } from '../../ui/Toasts.tsx';
import { floorDeskWords } from '../words/desk.vi.ts';

/** Tells that a device of the territory sent more than the media server allows. */
export function useExcess(roster: RosterView | undefined): void {
  const { t } = useText(floorDeskWords);
  const { tell } = useToasts();
  const { excess } = useChannel();
  const told = useRef<typeof excess>(undefined);
  useEffect(() => {
    if (!excess || told.current === excess) return;
    told.current = excess;
    const name = roster?.byCode.get(excess.unit)?.name ?? excess.unit;
    tell({ text: t.excess(name, t.excessOf[excess.what]), tone: 'bad' });
  }, [excess, roster, tell, t]);
}
