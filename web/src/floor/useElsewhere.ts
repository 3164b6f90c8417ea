import { within } from '../api/contract.ts';
import { useChannel, useTools } from '../session/BriefingContext.tsx';
import { useMine } from './useMine.ts';

/** What the own unit is shown, and whether this device looks at another stage, as far as it can tell (TR5). */
export function useElsewhere() {
  const { unit } = useTools().session.account;
  const { floor } = useChannel();
  const { speaker } = useMine();
  const main = (floor.stages ?? [])
    .filter(({ path, shown }) => shown && within(unit.path, path))
    .toSorted((a, b) => b.path.length - a.path.length)[0];
  const isVisiting = speaker?.home !== undefined;
  return { main, isVisiting, isElsewhere: !isVisiting && floor.stage?.path !== main?.path };
}
