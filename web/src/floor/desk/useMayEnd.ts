import type { Call } from '../../api/contract.ts';
import { useTools } from '../../session/BriefingContext.tsx';

/** SC17: the server refuses it otherwise; then nothing is offered. */
export function useMayEnd(call: Pick<Call, 'caller'> | undefined): boolean {
  const { account } = useTools().session;
  return !call || account.role === 'principal' || call.caller.role !== 'principal';
}
