import { createHash, randomUUID } from 'node:crypto';
import { type TrackInfo, WebhookEvent } from '@livekit/protocol';
import { AccessToken } from 'livekit-server-sdk';
import type { Participant, Room, Rooms } from '../../../hall/index.ts';
import type { Logger } from '../../../observability/logger.ts';
import { refuse } from '../../../protocol/errors.ts';
import { type KeyRing, touches } from '../keys/index.ts';
import { WebhookQueue, type WebhookQueueOptions } from './WebhookQueue.ts';

export interface WebhooksOptions extends Pick<WebhookQueueOptions, 'retryMs' | 'limit' | 'timeoutMs'> {
  readonly rooms: Rooms;
  readonly keys: KeyRing;
  readonly log: Logger;
}
const CLOSE_MS = 2_000;

/**
 * KY6: tells each program what happens in the rooms of its key, signed as LiveKit's receivers expect, and nobody what
 * happens in a briefing. Media never waits for it.
 */
export class Webhooks {
  readonly #options: WebhooksOptions;
  /** By key, then by address. */
  readonly #queues = new Map<string, Map<string, WebhookQueue>>();

  constructor(options: WebhooksOptions) {
    this.#options = options;
    const { rooms } = options;
    rooms.on('roomBegan', (room) => this.#tell('room_started', room));
    rooms.on('roomEnded', (room) => this.#tell('room_finished', room));
    rooms.on('active', (participant) => this.#tell('participant_joined', participant.room, participant));
    rooms.on('left', (participant) => {
      const event = participant.wasActive ? 'participant_left' : 'participant_connection_aborted';
      this.#tell(event, participant.room, participant);
    });
    rooms.on('trackPublished', (p, track) => this.#tell('track_published', p.room, p, track));
    rooms.on('trackUnpublished', (p, track) => this.#tell('track_unpublished', p.room, p, track));
  }

  /** What waits for a program whose key, or address, is no more is given up. */
  keysChanged(): void {
    for (const [key, queues] of this.#queues)
      for (const [url, queue] of queues) {
        if (this.#options.keys.find(key)?.webhooks.includes(url)) continue;
        queues.delete(url);
        void queue.close(0);
      }
  }

  /** What waits is sent for up to two seconds more. */
  async close(): Promise<void> {
    const all = [...this.#queues.values()].flatMap((queues) => [...queues.values()]);
    await Promise.all(all.map((queue) => queue.close(CLOSE_MS)));
  }

  #tell(event: string, room: Room, participant?: Participant, track?: TrackInfo): void {
    // EN6: who is in a briefing, and when, is told to its officials alone.
    if (room.policy.kind === 'stage') return;
    const told = this.#options.keys.all().filter((key) => key.webhooks.length > 0 && touches(key, room.name));
    if (told.length === 0) return;
    const id = randomUUID();
    const createdAt = BigInt(Math.floor(Date.now() / 1000));
    const message = new WebhookEvent({ event, id, createdAt, room: room.info });
    if (participant) message.participant = participant.info;
    if (track) message.track = track;
    const body = message.toJsonString();
    for (const { name, webhooks } of told)
      for (const url of webhooks) this.#queueOf(name, url).add(room.sid, { id, event, body });
  }

  #queueOf(key: string, url: string): WebhookQueue {
    const { keys, rooms: _, log, ...bounds } = this.#options;
    const queues = this.#queues.get(key) ?? new Map<string, WebhookQueue>();
    this.#queues.set(key, queues);
    const queue =
      queues.get(url) ??
      new WebhookQueue({
        url,
        sign: (body, attempt) => sign(keys, key, body, attempt),
        log: log.child({ webhook: hostOf(url), apiKey: key }),
        ...bounds,
      });
    queues.set(url, queue);
    return queue;
  }
}

/**
 * The body's hash, signed; without a scheme before it. While a key is rotated nobody knows by which secret the program
 * verifies: what it does not take is signed by the other one at the next attempt.
 */
async function sign(keys: KeyRing, name: string, body: string, attempt: number): Promise<string> {
  const secrets = keys.find(name)?.secrets ?? [];
  const chosen = secrets[attempt % secrets.length];
  if (!chosen) throw refuse('unauthenticated', 'the API key is withdrawn');
  const token = new AccessToken(name, chosen.secret, { ttl: 300 });
  token.sha256 = createHash('sha256').update(body).digest('base64');
  return token.toJwt();
}

/** Addresses may hold secrets in their path or query, so logs say the host alone. */
const hostOf = (url: string): string => new URL(url).host;
