import { useChannel, useTools } from '../session/BriefingContext.tsx';

/** PN2: whether the person here chooses what all see. The server decides it anew at each choice. */
export function useMayProduce(): boolean {
  const { session } = useTools();
  const { briefing } = useChannel();
  const { id, role } = session.account;
  return role === 'principal' || briefing.producers.includes(id);
}
