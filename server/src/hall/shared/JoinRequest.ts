import type { ClientInfo_Capability, ParticipantInfo_Kind, ParticipantPermission } from '@livekit/protocol';

/** What a client told of itself when it connected. */
export interface ClientDescription {
  readonly sdk: string;
  readonly version: string;
  /** Number of the signal protocol. */
  readonly protocol: number;
  /** Copied to `ParticipantInfo`, where peers read what the client understands. */
  readonly clientProtocol: number;
  readonly capabilities: readonly ClientInfo_Capability[];
  readonly adaptiveStream: boolean;
  readonly autoSubscribe: boolean;
}

/** A join that a token allowed. */
export interface JoinRequest {
  readonly room: string;
  readonly identity: string;
  readonly name: string;
  readonly metadata: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly kind: ParticipantInfo_Kind;
  readonly permission: ParticipantPermission;
  readonly client: ClientDescription;
}
