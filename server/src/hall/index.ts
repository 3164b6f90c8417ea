export { BriefingHall } from './BriefingHall.ts';
export type { ClientFacts, JoinRequest } from './join.ts';
export type { TrackSettings } from './layers.ts';
export type {
  LeaveAction,
  ParticipantOutlet,
  QualityReport,
  Speaker,
  StreamState,
  WantedQuality,
} from './outlet.ts';
export { Participant, type ParticipantChange } from './Participant.ts';
export type { Publication } from './Publication.ts';
export type { PendingTrack, PublishRefusal } from './Publishing.ts';
export { Room } from './Room.ts';
export { type HallOptions, type RoomSettings, Rooms, type RoomsEvents } from './Rooms.ts';
export type { SubscriptionRule, SubscriptionRules } from './SubscriptionRules.ts';
export { newSid } from './sids.ts';
