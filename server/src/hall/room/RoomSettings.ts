import type { SfuConfig } from '@dieu-hanh/sfu-config';

/** What one room was made with; in LiveKit's names and units. */
export interface RoomSettings {
  /** Seconds after which a room that nobody joined is deleted. */
  readonly emptyTimeout: number;
  /** Seconds from the last departure to the end of the room. */
  readonly departureTimeout: number;
  /** 0 = no limit. */
  readonly maxParticipants: number;
  readonly metadata: string;
}

/** What is not asked for is as the node has it. */
export const roomSettings = (config: SfuConfig['rooms'], asked: Partial<RoomSettings>): RoomSettings => ({
  emptyTimeout: config.emptyTimeoutSeconds,
  departureTimeout: config.departureTimeoutSeconds,
  maxParticipants: 0,
  metadata: '',
  ...asked,
});
