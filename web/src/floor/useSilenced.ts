import { useChannel } from '../session/BriefingContext.tsx';

/** Whether a card that everybody sees silences the stage that this device is shown. (PN15) */
export function useSilenced(): boolean {
  const { floor, programme } = useChannel();
  // A producer's choice is of the briefing's own stage.
  return floor.stage === undefined && programme.layout.kind === 'card';
}
