import type { UnitCode } from '../../protocol/organisation.ts';
import type { FloorState } from './FloorState.ts';

/** PL18: whether a device is to be there at once: its unit is called, or it is in the green room or on stage itself. */
export const isWanted = (
  floor: Pick<FloorState, 'calls' | 'speakers'> | undefined,
  { identity, unit }: { readonly identity: string; readonly unit: UnitCode },
): boolean =>
  floor !== undefined &&
  (floor.calls.some((call) => call.unit === unit) || floor.speakers.some(({ seat }) => seat.identity === identity));
