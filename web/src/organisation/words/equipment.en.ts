import type { EquipmentWords } from './equipment.vi.ts';

export const en: EquipmentWords = {
  both: {
    ready: 'has camera and microphone',
    denied: 'may not use camera and microphone yet',
    missing: 'no camera, no microphone',
    failed: 'camera and microphone do not open',
    unknown: 'camera and microphone not tried',
  },
  camera: {
    ready: 'has a camera',
    denied: 'may not use its camera yet',
    missing: 'no camera',
    failed: 'its camera does not open',
    unknown: 'camera not tried',
  },
  microphone: {
    ready: 'has a microphone',
    denied: 'may not use its microphone yet',
    missing: 'no microphone',
    failed: 'its microphone does not open',
    unknown: 'microphone not tried',
  },
};
