import { useCallback } from 'react';
import type { ActAsk, ActName, Seat } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useAct } from '../../session/useAct.ts';
import { useToasts } from '../../ui/Toasts.tsx';
import { floorDeskWords } from '../words/desk.vi.ts';

/**
 * What a moderator does to one seat. Each tells what was done, and offers the way back for five seconds where there is
 * one.
 */
export function useModeration() {
  const { t } = useText(floorDeskWords);
  const { tell } = useToasts();
  const { run, pending } = useAct();
  const d = t.did;

  const does = useCallback(
    async <N extends ActName>(
      seat: Pick<Seat, 'identity'>,
      name: N,
      ask: ActAsk<N>,
      text: string,
      undo?: () => void,
    ) => {
      const done = await run(name, ask, seat.identity);
      if (done !== undefined) tell({ text, tone: 'good', ...(undo && { undo }) });
    },
    [run, tell],
  );

  return {
    busy: (seat: Pick<Seat, 'identity'>) => pending.has(seat.identity),
    admit: ({ identity, name }: Seat) =>
      does({ identity }, 'green.admit', { identity }, d.admit(name), () => {
        void run('stage.demote', { identity, to: 'audience' }, identity);
      }),
    check: ({ identity }: Seat, checked: boolean) => run('green.checked', { identity, checked }, identity),
    promote: ({ identity, name }: Seat) =>
      does({ identity }, 'stage.promote', { identity }, d.promote(name), () => {
        void run('stage.demote', { identity, to: 'green' }, identity);
      }),
    /** FL21: before they came. */
    withdraw: ({ identity, name }: Seat) =>
      does({ identity }, 'stage.demote', { identity, to: 'green' }, d.withdraw(name)),
    demote: ({ identity, name }: Seat, to: 'green' | 'audience') =>
      does({ identity }, 'stage.demote', { identity, to }, d.demote(name), () => {
        void run('stage.promote', { identity }, identity);
      }),
    /** Nobody has seen them yet, so nothing is undone by bringing them on air. */
    outOfGreen: ({ identity, name }: Seat) =>
      does({ identity }, 'stage.demote', { identity, to: 'audience' }, d.outOfGreen(name)),
    mute: ({ identity, name }: Seat, muted: boolean) =>
      does({ identity }, 'seat.mute', { identity, muted }, muted ? d.mute(name) : d.unmute(name), () => {
        void run('seat.mute', { identity, muted: !muted }, identity);
      }),
    dismiss: ({ identity, name }: Seat) => does({ identity }, 'hand.lower', { identity }, d.dismiss(name)),
    remove: ({ identity, name }: Seat, why: string) =>
      does({ identity }, 'seat.remove', { identity, ...(why && { why }) }, d.remove(name)),
  };
}
export type Moderation = ReturnType<typeof useModeration>;
