import type { EquipmentState } from '../../api/contract.ts';
import { defineWords, type Shape } from '../../i18n/words.ts';

const vi = {
  both: {
    ready: 'có camera và micro',
    denied: 'chưa được phép dùng camera và micro',
    missing: 'không có camera và micro',
    failed: 'chưa mở được camera và micro',
    unknown: 'chưa thử camera và micro',
  } satisfies Record<EquipmentState, string>,
  camera: {
    ready: 'có camera',
    denied: 'camera chưa được phép',
    missing: 'không có camera',
    failed: 'chưa mở được camera',
    unknown: 'chưa thử camera',
  } satisfies Record<EquipmentState, string>,
  microphone: {
    ready: 'có micro',
    denied: 'micro chưa được phép',
    missing: 'không có micro',
    failed: 'chưa mở được micro',
    unknown: 'chưa thử micro',
  } satisfies Record<EquipmentState, string>,
};

export type EquipmentWords = Shape<typeof vi>;
/** What a unit can send, as officials read it before they call. */
export const equipmentWords = defineWords(vi, () => import('./equipment.en.ts'));
