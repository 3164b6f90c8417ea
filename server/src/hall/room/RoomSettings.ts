export interface RoomSettings {
  /** Seconds after which a room that nobody joined is deleted. */
  readonly emptyTimeout: number;
  /** Seconds from the last departure to the end of the room. */
  readonly departureTimeout: number;
  /** 0 = no limit. */
  readonly maxParticipants: number;
  readonly metadata: string;
}

export const defaultRoomSettings: RoomSettings = {
  emptyTimeout: 300,
  departureTimeout: 20,
  maxParticipants: 0,
  metadata: '',
};
