import { RotateCcw, Timer } from 'lucide-react';
import { useState } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { missingOf } from '../../api/channel/rounds.ts';
import { useFormats, useText } from '../../i18n/useText.tsx';
import { useAct } from '../../session/useAct.ts';
import { useKeys } from '../../session/useKeys.ts';
import { ConfirmSheet } from '../../ui/ConfirmSheet.tsx';
import { useToasts } from '../../ui/Toasts.tsx';
import { rollcallDeskWords } from '../words/desk.vi.ts';
import { useLength } from './useLength.ts';
import type { ShownRound } from './useRounds.ts';

const EXTEND_S = [30, 60, 120, 300] as const;

interface RoundActsProps {
  readonly shown: ShownRound;
  readonly onReopened: (round: string) => void;
}

/** More time, an early end, and afterwards the same question to those who were missing. */
export function RoundActs({ shown: { round, phase, count, mayAct }, onReopened }: RoundActsProps) {
  const { number, time } = useFormats();
  const { t: r } = useText(rollcallDeskWords);
  const length = useLength();
  const { run, pending } = useAct();
  const keys = useKeys();
  const { tell } = useToasts();
  const [closing, setClosing] = useState(false);
  if (!mayAct) return null;
  const missing = count ? missingOf(count) : 0;
  const waiting = count?.unconfirmed ?? 0;

  const extend = async (seconds: number): Promise<void> => {
    const wish = `extend ${round.id} ${seconds}`;
    const moved = await run('round.extend', { key: keys.of(wish), round: round.id, seconds });
    if (!moved) return;
    keys.done(wish);
    tell({ text: r.extended(time(moved.deadline)), tone: 'good' });
  };
  const reopen = async (whom: 'all' | 'missing'): Promise<void> => {
    const seconds = Math.max(5, Math.round((Date.parse(round.deadline) - Date.parse(round.openedAt)) / 1000));
    const wish = `reopen ${round.id} ${whom}`;
    const again = await run('round.reopen', { key: keys.of(wish), round: round.id, whom, seconds });
    if (!again) return;
    keys.done(wish);
    tell({ text: r.opened(again.nr, number(again.expected)), tone: 'good' });
    onReopened(again.id);
  };

  if (phase === 'closed')
    return (
      <>
        {missing > 0 && (
          <button
            type="button"
            className="button small"
            disabled={pending.has('round.reopen')}
            onClick={() => void reopen('missing')}
          >
            <RotateCcw size={18} aria-hidden />
            {r.reopen(number(missing))}
          </button>
        )}
        <button
          type="button"
          className="button quiet small"
          disabled={pending.has('round.reopen')}
          onClick={() => void reopen('all')}
        >
          {r.reopenAll}
        </button>
      </>
    );
  return (
    <>
      <MenuTrigger>
        <Button className="button small" isDisabled={pending.has('round.extend')}>
          <Timer size={18} aria-hidden />
          {r.extend}
        </Button>
        <Popover className="popover" placement="bottom start">
          <Menu className="listbox" onAction={(seconds) => void extend(Number(seconds))}>
            {EXTEND_S.map((seconds) => (
              <MenuItem key={seconds} id={seconds} className="option">
                {r.extendBy(length(seconds))}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
      <button type="button" className="button small" onClick={() => setClosing(true)}>
        {r.closeEarly}
      </button>
      {closing && (
        <ConfirmSheet
          title={r.closeTitle(round.nr)}
          body={[r.closeBody(number(missing)), waiting > 0 && r.closeWaiting(number(waiting))]
            .filter(Boolean)
            .join(' ')}
          confirm={r.closeEarly}
          onConfirm={() => run('round.close', { key: keys.of(`close ${round.id}`), round: round.id })}
          onClose={() => setClosing(false)}
        />
      )}
    </>
  );
}
