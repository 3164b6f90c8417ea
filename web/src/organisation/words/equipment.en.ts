import type { EquipmentWords } from './equipment.vi.ts';

export const en: EquipmentWords = {
  both: {
    ready: 'has camera and microphone',
    denied: 'camera and microphone not allowed yet',
    missing: 'no camera, no microphone',
    failed: 'camera and microphone do not work',
    unknown: 'camera and microphone not tried',
  },
  camera: {
    ready: 'has a camera',
    denied: 'camera not allowed yet',
    missing: 'no camera',
    failed: 'camera does not work',
    unknown: 'camera not tried',
  },
  microphone: {
    ready: 'has a microphone',
    denied: 'microphone not allowed yet',
    missing: 'no microphone',
    failed: 'microphone does not work',
    unknown: 'microphone not tried',
  },
};
