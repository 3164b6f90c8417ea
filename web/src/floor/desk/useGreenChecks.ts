import { useEffect, useRef, useState } from 'react';

export const greenChecks = ['picture', 'sound', 'name'] as const;
export type GreenCheck = (typeof greenChecks)[number];
type Ticks = Partial<Record<GreenCheck, boolean>>;

const whole: Ticks = { picture: true, sound: true, name: true };

/**
 * The checklist before somebody goes on air. Picture and sound are ticked by what arrives, the name by the moderator,
 * who may change each. Whole or not is told to all moderators and to the unit.
 * @param evidence what has been seen and heard here
 * @param tell is called when the list becomes whole, and when it no longer is
 */
export function useGreenChecks(
  checked: boolean,
  evidence: Pick<Record<GreenCheck, boolean>, 'picture' | 'sound'>,
  tell: (checked: boolean) => void,
) {
  const [byHand, setByHand] = useState<Ticks>(checked ? whole : {});
  const known = useRef(checked);
  const ticks = { name: false, ...evidence, ...byHand };
  const all = greenChecks.every((check) => ticks[check]);
  // Another moderator has said so, or taken it back.
  useEffect(() => {
    if (known.current === checked) return;
    known.current = checked;
    setByHand((before) => (checked ? whole : { ...before, name: false }));
  }, [checked]);
  const told = useRef(checked);
  const telling = useRef(tell);
  telling.current = tell;
  useEffect(() => {
    if (told.current === all) return;
    told.current = all;
    telling.current(all);
  }, [all]);
  return {
    ticks,
    all,
    toggle: (check: GreenCheck) => setByHand((before) => ({ ...before, [check]: !ticks[check] })),
  };
}
