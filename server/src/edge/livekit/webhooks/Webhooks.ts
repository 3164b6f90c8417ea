import { createHash, randomUUID } from 'node:crypto';
import { type TrackInfo, WebhookEvent } from '@livekit/protocol';
import { AccessToken } from 'livekit-server-sdk';
import type { Participant, Room, Rooms } from '../../../hall/index.ts';
import type { Logger } from '../../../observability/logger.ts';
import { WebhookQueue, type WebhookQueueOptions } from './WebhookQueue.ts';

export interface WebhooksOptions extends Pick<WebhookQueueOptions, 'retryMs' | 'limit' | 'timeoutMs'> {
  readonly rooms: Rooms;
  readonly urls: readonly string[];
  readonly key: string;
  readonly secret: string;
  readonly log: Logger;
}
const CLOSE_MS = 2_000;

/** Tells applications what happens in the rooms, signed as LiveKit's receivers expect. Media never waits for it. */
export class Webhooks {
  readonly #queues: readonly WebhookQueue[];

  constructor({ rooms, urls, key, secret, log, ...bounds }: WebhooksOptions) {
    const sign = (body: string) => signature(key, secret, body);
    this.#queues = urls.map(
      (url) => new WebhookQueue({ url, sign, log: log.child({ webhook: hostOf(url) }), ...bounds }),
    );
    if (urls.length === 0) return;
    rooms.on('roomStarted', (room) => this.#tell('room_started', room));
    rooms.on('roomFinished', (room) => this.#tell('room_finished', room));
    rooms.on('active', (participant) => this.#tell('participant_joined', participant.room, participant));
    rooms.on('left', (participant) => {
      const event = participant.wasActive ? 'participant_left' : 'participant_connection_aborted';
      this.#tell(event, participant.room, participant);
    });
    rooms.on('trackPublished', (p, track) => this.#tell('track_published', p.room, p, track));
    rooms.on('trackUnpublished', (p, track) => this.#tell('track_unpublished', p.room, p, track));
  }

  /** What waits is sent for up to two seconds more. */
  async close(): Promise<void> {
    await Promise.all(this.#queues.map((queue) => queue.close(CLOSE_MS)));
  }

  #tell(event: string, room: Room, participant?: Participant, track?: TrackInfo): void {
    const id = randomUUID();
    const createdAt = BigInt(Math.floor(Date.now() / 1000));
    const message = new WebhookEvent({ event, id, createdAt, room: room.info });
    if (participant) message.participant = participant.info;
    if (track) message.track = track;
    const body = message.toJsonString();
    for (const queue of this.#queues) queue.add(room.sid, { id, event, body });
  }
}

/** The body's hash, signed; without a scheme before it. */
function signature(key: string, secret: string, body: string): Promise<string> {
  const token = new AccessToken(key, secret, { ttl: 300 });
  token.sha256 = createHash('sha256').update(body).digest('base64');
  return token.toJwt();
}

/** Addresses may hold secrets in their path or query, so logs say the host alone. */
const hostOf = (url: string): string => new URL(url).host;
