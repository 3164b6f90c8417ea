import type { Equipment } from '../api/contract.ts';
import type { EquipmentWords } from './words/equipment.vi.ts';

/** `không có camera, có micro` */
export const equipmentLine = ({ camera, microphone }: Equipment, t: EquipmentWords): string =>
  camera === microphone ? t.both[camera] : `${t.camera[camera]}, ${t.microphone[microphone]}`;

/** Nothing is said of what is as it should be. */
export const isWhole = (equipment: Equipment | null | undefined): boolean =>
  !equipment || (equipment.camera === 'ready' && equipment.microphone === 'ready');
