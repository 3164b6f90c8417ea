import type { SfuConfigInput } from './settings.ts';

/**
 * Starting points. `single`: one machine, a few hundred viewers. `national`: thousands of endpoints on ordinary lines; a
 * camera layer less to send and a smaller top, since packets are what an audience costs.
 */
export const profiles: Record<'single' | 'national', Omit<SfuConfigInput, 'profile'>> = {
  single: {},
  national: {
    simulcast: {
      camera: [
        { height: 180, frameRate: 15, bitrate: 140_000 },
        { height: 540, frameRate: 25, bitrate: 900_000 },
      ],
    },
    limits: { peersPerWorker: 1000 },
  },
};
