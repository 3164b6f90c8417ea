import { MicOff } from 'lucide-react';
import { within } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useChannel, useTools } from '../../session/BriefingContext.tsx';
import { useAct } from '../../session/useAct.ts';
import { useToasts } from '../../ui/Toasts.tsx';
import { floorDeskWords } from '../words/desk.vi.ts';

/** How many others this official mutes with one press: none on a stage that they do not lead. (FL36) */
export function useMutable(): number {
  const { identity, session } = useTools();
  const { briefing, floor } = useChannel();
  const { role, unit } = session.account;
  if (!within(floor.stage?.path ?? briefing.stage, unit.path)) return 0;
  return floor.speakers.filter(
    ({ place, muted, seat }) =>
      place !== 'green' && !muted && seat.identity !== identity && (role === 'principal' || seat.role !== 'principal'),
  ).length;
}

/** FL36: one press for everybody else on the stage that this official leads; nothing where there is nobody to mute. */
export function MuteAll() {
  const { t } = useText(floorDeskWords);
  const { run, pending } = useAct();
  const { tell } = useToasts();
  const heard = useMutable();
  if (heard === 0) return null;
  const mute = async (): Promise<void> => {
    if (await run('stage.muteAll', {})) tell({ text: t.mutedAll(heard), tone: 'good' });
  };
  return (
    <button
      type="button"
      className="button small"
      disabled={pending.has('stage.muteAll')}
      title={t.muteAllHint}
      onClick={() => void mute()}
    >
      <MicOff size={16} aria-hidden />
      {t.muteAll(heard)}
    </button>
  );
}
