import type { ReactNode } from 'react';
import { HandQueue } from '../../floor/desk/HandQueue.tsx';
import { OthersOnStage } from '../../floor/desk/OthersOnStage.tsx';
import { RunningCalls } from '../../floor/desk/RunningCalls.tsx';
import { useText } from '../../i18n/useText.tsx';
import type { RosterView } from '../../organisation/rosterView.ts';
import { useAct } from '../../session/useAct.ts';
import { principalWords } from './words/principal.vi.ts';

interface PrincipalStripProps {
  readonly roster: RosterView | undefined;
  /** Below the hands in their card. */
  readonly withHands?: ReactNode;
  /** Further cards. */
  readonly children?: ReactNode;
}

/** Under the picture: the running call, who is on stage beside the leader, and who asks to speak. (KP9) */
export function PrincipalStrip({ roster, withHands, children }: PrincipalStripProps) {
  const { t } = useText(principalWords);
  const { run, pending } = useAct();
  return (
    <div className="principal-strip">
      <RunningCalls />
      <div className="strip-card strip-air">
        <OthersOnStage />
      </div>
      <div className="strip-card">
        <HandQueue
          title={t.hands}
          roster={roster}
          acts={(hand, isAway) =>
            !isAway && (
              <button
                type="button"
                className="button small"
                disabled={pending.has(hand.seat.identity)}
                onClick={() => void run('stage.promote', { identity: hand.seat.identity }, hand.seat.identity)}
              >
                {t.invite}
              </button>
            )
          }
        />
        {withHands}
      </div>
      {children}
    </div>
  );
}
