import { Eye, Split, Undo2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { within } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import type { RosterView } from '../../organisation/rosterView.ts';
import { useChannel, useTools } from '../../session/BriefingContext.tsx';
import { useAct } from '../../session/useAct.ts';
import { ConfirmSheet } from '../../ui/ConfirmSheet.tsx';
import { useToasts } from '../../ui/Toasts.tsx';
import { useNow } from '../../ui/useNow.ts';
import { secondsTo } from '../secondsTo.ts';
import { stagesWords } from '../words/stages.vi.ts';
import { useTierBelow } from './useTierBelow.ts';

/** TR12: said in every room before it ends. */
const COUNTED_SECONDS = 10;

interface TierActsProps {
  readonly roster: RosterView | undefined;
  readonly disabled: boolean;
}

/** TR10, TR11, TR12: a whole tier goes into rooms of its own, looks here, and is back. */
export function TierActs({ roster, disabled }: TierActsProps) {
  const { t } = useText(stagesWords);
  const { path, code: unit } = useTools().session.account.unit;
  const { briefing, floor, clockOffset } = useChannel();
  const { run, pending } = useAct();
  const { tell } = useToasts();
  const tier = useTierBelow(roster);
  const [asking, setAsking] = useState<'out' | 'back'>();
  const below = (floor.stages ?? []).filter((stage) => stage.path !== path && within(stage.path, path));
  const said = floor.gathers?.find((gather) => gather.path === path);
  const backAt = said?.backAt ?? undefined;
  const now = useNow(clockOffset, backAt !== undefined);
  const counting = useRef<HTMLDivElement>(null);
  const hasPressed = useRef(false);
  useEffect(() => {
    // To think better of it they need not look for it, however far down they pressed.
    if (backAt && hasPressed.current) counting.current?.scrollIntoView({ block: 'nearest' });
    hasPressed.current = false;
  }, [backAt]);
  const isBusy = disabled || pending.size > 0;
  const close = () => setAsking(undefined);
  const breakOut = async (): Promise<void> => {
    const done = await run('stage.breakOut', { unit });
    if (done) tell({ text: t.brokenOut(done.open, done.empty), tone: 'good' });
  };
  if (tier.length < 2 && below.length === 0) return null;
  if (briefing.state !== 'live' && below.length === 0) return null;
  return (
    <div className="stages-tier">
      {backAt && (
        <div ref={counting} className="stages-elsewhere">
          <strong className="grow num">{t.backIn(secondsTo(backAt, now))}</strong>
          <button type="button" className="button small" onClick={() => void run('stage.stay', { unit })}>
            {t.stay}
          </button>
        </div>
      )}
      {below.length > 0 && (
        <>
          {said?.eyes && <p className="soft">{t.eyesOn}</p>}
          <div className="stages-acts">
            <button
              type="button"
              className="button small"
              disabled={isBusy}
              onClick={() => void run('stage.gather', { unit, eyes: !said?.eyes })}
            >
              <Eye size={16} aria-hidden />
              {said?.eyes ? t.eyesOff : t.eyes}
            </button>
            {!backAt && (
              <button type="button" className="button small" disabled={isBusy} onClick={() => setAsking('back')}>
                <Undo2 size={16} aria-hidden />
                {t.callBack}
              </button>
            )}
          </div>
        </>
      )}
      {below.length < tier.length && (
        <button type="button" className="button small" disabled={isBusy} onClick={() => setAsking('out')}>
          <Split size={16} aria-hidden />
          {t.breakOut} <span className="count num">{tier.length}</span>
        </button>
      )}
      {asking === 'out' && (
        <ConfirmSheet
          title={t.breakOutTitle(tier.length)}
          body={t.breakOutBody}
          confirm={t.breakOut}
          onConfirm={breakOut}
          onClose={close}
        />
      )}
      {asking === 'back' && (
        <ConfirmSheet
          title={t.callBackTitle(below.length)}
          body={t.callBackBody(COUNTED_SECONDS)}
          confirm={t.callBack}
          onConfirm={() => {
            hasPressed.current = true;
            return run('stage.back', { unit, seconds: COUNTED_SECONDS });
          }}
          onClose={close}
        />
      )}
    </div>
  );
}
