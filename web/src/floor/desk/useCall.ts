import { useCallback } from 'react';
import { ApiError } from '../../api/ApiError.ts';
import { type Call, inLine } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { useAct } from '../../session/useAct.ts';
import { floorDeskWords } from '../words/desk.vi.ts';

/** Rings at a unit. Where a machine has not said in time whether it is there, that is told, and of which unit. */
export function useCall() {
  const { run, pending } = useAct();
  const { t } = useText(floorDeskWords);
  const call = useCallback(
    (unit: string, name: string, selection?: string): Promise<Call | undefined> =>
      run('call.start', { unit, ...(selection && { selection }) }, unit, (error) => {
        const reason = error instanceof ApiError && error.reason;
        if (reason === 'node-cut-off') return t.callCutOff(inLine(name));
        return reason === 'store-unavailable' ? t.callUnanswered(inLine(name)) : undefined;
      }),
    [run, t],
  );
  return { call, pending };
}
