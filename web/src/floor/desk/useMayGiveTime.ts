import { type Speaker, within } from '../../api/contract.ts';
import { useChannel, useTools } from '../../session/BriefingContext.tsx';

/** FL38: to whom the person here may give time to speak. The server decides it anew at each press. */
export function useMayGiveTime(): (speaker: Speaker) => boolean {
  const { identity, session } = useTools();
  const { briefing, floor } = useChannel();
  const { id, role, unit } = session.account;
  const stage = floor.stage?.path ?? briefing.stage;
  const leads = within(stage, unit.path) && (role === 'principal' || floor.stage !== undefined);
  const produces = floor.stage === undefined && briefing.producers.includes(id);
  /** A moderator times nobody who leads the stage. */
  const isTheirs = ({ seat }: Speaker): boolean =>
    role !== 'principal' && seat.role === 'principal' && within(stage, seat.path);
  return (speaker) => (leads || produces) && speaker.seat.identity !== identity && !isTheirs(speaker);
}
