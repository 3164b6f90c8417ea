import { Ban, CircleCheck, CircleDashed, DoorOpen, Phone, TriangleAlert } from 'lucide-react';
import type { CallHit } from '../../api/contract.ts';
import { useText } from '../../i18n/useText.tsx';
import { isWhole } from '../../organisation/equipmentLine.ts';
import { equipmentWords } from '../../organisation/words/equipment.vi.ts';
import { useChannel } from '../../session/BriefingContext.tsx';
import { floorDeskWords } from '../words/desk.vi.ts';
import { chanceOf, hitState } from './hitState.ts';

/** How it stands with a unit that somebody may call: a sign, and the same in words. */
export function HitLine({ hit }: { hit: CallHit }) {
  const { t, time } = useText(floorDeskWords);
  const { t: equipment } = useText(equipmentWords);
  const { floor } = useChannel();
  const chance = chanceOf(hit, floor);
  const warns = hit.line === 'weak' || hit.line === 'lost' || !isWhole(hit.equipment);
  const here = hit.presence === 'door' ? DoorOpen : warns ? TriangleAlert : CircleCheck;
  const Icon = { now: here, busy: Phone, absent: CircleDashed, outside: Ban }[chance];
  return (
    <span className={`hit-line ${chance}${chance === 'now' && warns ? ' warns' : ''}`}>
      <Icon size={16} aria-hidden />
      <span>{hitState(hit, chance, { t, equipment, time })}</span>
    </span>
  );
}
