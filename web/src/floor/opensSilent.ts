import type { Speaker } from '../api/contract.ts';

/**
 * FL22: whether somebody stands in the room of their own unit, which may have been opened without them: camera and microphone
 * are off until they turn them on.
 */
export const opensSilent = ({ place, stage, home, call }: Speaker, unit: string): boolean =>
  place !== 'green' && stage === unit && home === undefined && call === null;
