import { X } from 'lucide-react';
import { useState } from 'react';
import { within } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useChannel, useTools } from '../../session/BriefingContext.tsx';
import { sentence } from '../../session/sentence.ts';
import { problemWords } from '../../session/words/problem.vi.ts';
import { ConfirmSheet } from '../../ui/ConfirmSheet.tsx';
import { useToasts } from '../../ui/Toasts.tsx';
import { briefingDeskWords } from '../words/desk.vi.ts';

/** Ends the briefing for everybody, asked once with its effect in numbers; not there for whom it would be refused. */
export function CloseBriefing({ className }: { className: string }) {
  const { t, number } = useText(briefingDeskWords);
  const { t: problems } = useText(problemWords);
  const { session, api } = useTools();
  const { briefing, presence } = useChannel();
  const { tell } = useToasts();
  const [asking, setAsking] = useState(false);
  const { unit } = session.account;
  if (!session.acts.includes('briefing.close') || !within(briefing.stage, unit.path) || briefing.state === 'closed')
    return null;
  const close = async (): Promise<void> => {
    try {
      await api.briefingAct(briefing.id, 'close', briefing.epoch);
    } catch (error) {
      tell({ text: sentence(error, problems), tone: 'bad' });
    }
  };
  return (
    <>
      <button type="button" className={`button ${className}`} onClick={() => setAsking(true)}>
        <X size={16} aria-hidden />
        {t.close}
      </button>
      {asking && (
        <ConfirmSheet
          title={t.closeTitle}
          body={t.closeBody(number(presence.get(unit.code)?.here ?? 0))}
          confirm={t.closeConfirm}
          onConfirm={close}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
