export { NodeRooms } from './nodes/NodeRooms.ts';
export type { PendingTrack, PublishRefusal } from './publish/PendingTrack.ts';
export type { Publication } from './publish/Publication.ts';
export type { SubscriptionRule, SubscriptionRules } from './publish/subscriptionPermission.ts';
export { BriefingStages } from './room/BriefingStages.ts';
export { Participant } from './room/Participant.ts';
export type { ParticipantChange } from './room/Profile.ts';
export { Room } from './room/Room.ts';
export type { RoomSettings } from './room/RoomSettings.ts';
export { Rooms, type RoomsOptions } from './room/Rooms.ts';
export type { RoomsEvents } from './room/RoomsEvents.ts';
export type { ClientDescription, JoinRequest } from './shared/JoinRequest.ts';
export { newSid } from './shared/sids.ts';
export type {
  ActiveSpeaker,
  ConnectionReport,
  LeaveAction,
  ParticipantOutlet,
  StreamState,
  WantedQuality,
} from './tell/outlet.ts';
export type { TrackSettings } from './view/layers.ts';
