import type { CallHit, Floor } from '../../api/contract.ts';
import type { Formats } from '../../i18n/formats.ts';
import { equipmentLine, isWhole } from '../../organisation/equipmentLine.ts';
import type { EquipmentWords } from '../../organisation/words/equipment.vi.ts';
import type { FloorDeskWords } from '../words/desk.vi.ts';

/** now: it would ring. busy: it is called already, or on stage. absent: nobody is there, and something helps. */
export type Chance = 'now' | 'busy' | 'absent' | 'outside';

export function chanceOf({ code, callable }: CallHit, floor: Pick<Floor, 'speakers' | 'calls'>): Chance {
  const onStage = floor.speakers.some(({ seat, place }) => seat.unit === code && place !== 'green');
  if (onStage || floor.calls.some(({ unit }) => unit === code)) return 'busy';
  return callable;
}

/** `Đang kết nối · không có camera, có micro` */
export function hitState(
  hit: CallHit,
  chance: Chance,
  { t, equipment, time }: { t: FloorDeskWords; equipment: EquipmentWords; time: Formats['time'] },
): string {
  switch (chance) {
    case 'outside':
      return t.hit.outside;
    case 'busy':
      return t.hit.busy;
    case 'absent':
      return hit.lastSeen ? t.hit.gone(time(hit.lastSeen)) : t.hit.never;
    case 'now': {
      const where = hit.presence === 'door' ? t.hit.door : t.hit.here;
      const weak = hit.presence === 'here' && hit.line !== 'good' && t.hit.weak;
      const lacks = hit.equipment && !isWhole(hit.equipment) && equipmentLine(hit.equipment, equipment);
      return [where, weak, lacks].filter(Boolean).join(' · ');
    }
  }
}
