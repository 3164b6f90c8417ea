import type { Sender } from '../../../cluster/bus/envelope.ts';
import type { RoomDataMessage } from '../../../cluster/topics/roomData.ts';
import type { DataChannelKind } from '../../../media/sfu/types.ts';

export type Relayed = Omit<Extract<RoomDataMessage, { kind: 'message' }>, 'kind' | 'number' | 'since'>;

/** What was sent reliably is kept so long, and so much of it in a room, for nodes that did not get it. */
const KEPT_MS = 15_000;
const KEPT_BYTES = 8 * 1024 * 1024;
/** How often it is said how far the numbers have come, as long as anything is kept. */
const TELL_EVERY_MS = 1_000;
/** A node that said nothing in a room for so long is forgotten; by then nothing of it is kept. */
const FORGOTTEN_MS = 60_000;
/** So long an answer is waited for before the same is asked again. */
const ASK_EVERY_MS = 300;

interface Kept {
  readonly number: number;
  readonly since: number | undefined;
  readonly at: number;
  readonly message: Relayed;
}
interface Sent {
  kept: Kept[];
  bytes: number;
}
interface Heard {
  /** The newest that was taken. */
  last: number;
  at: number;
  askedAt: number;
}

export interface DataRelayOptions {
  readonly self: Sender;
  readonly deliver: (kind: DataChannelKind, message: Relayed) => void;
  /** Something came never: it was asked for too late. */
  readonly lost: (room: string, from: Sender) => void;
  /** Monotonic, ms. */
  readonly now?: () => number;
}

/**
 * ND9: data messages to participants at other nodes. Each is taken at most once, and reliable ones of a node in a room in
 * their order: they are numbered, and what did not come is asked for again.
 */
export class DataRelay {
  readonly #options: DataRelayOptions;
  readonly #now: () => number;
  #number = 0;
  readonly #sent = new Map<string, Sent>();
  /** By boot and room. */
  readonly #heard = new Map<string, Heard>();
  #publish: (message: RoomDataMessage) => void = () => undefined;
  #beat: NodeJS.Timeout | undefined;

  constructor(options: DataRelayOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  /** The bus is there. */
  start(publish: (message: RoomDataMessage) => void): void {
    this.#publish = publish;
    this.#beat = setInterval(() => this.tell(), TELL_EVERY_MS);
    this.#beat.unref();
  }

  send(kind: DataChannelKind, message: Relayed): void {
    if (kind === 'lossy') {
      this.#publish({ kind: 'message', ...message });
      return;
    }
    const sent = this.#sent.get(message.room) ?? { kept: [], bytes: 0 };
    this.#sent.set(message.room, sent);
    const one = { number: ++this.#number, since: sent.kept.at(-1)?.number, at: this.#now(), message };
    sent.kept.push(one);
    sent.bytes += message.packet.length;
    this.#say(one);
    this.#prune(sent);
  }

  hear(said: RoomDataMessage, from: Sender): void {
    switch (said.kind) {
      case 'message': {
        const { kind: _, number, since, ...message } = said;
        if (number === undefined) this.#options.deliver('lossy', message);
        else if (this.#isNext(said.room, from, number, since)) this.#options.deliver('reliable', message);
        break;
      }
      case 'upTo': {
        const heard = this.#heardOf(said.room, from, said.number);
        if (said.number > heard.last) this.#ask(said.room, from, heard);
        break;
      }
      case 'again':
        if (said.of === this.#options.self.boot) this.#repeat(said.room, said.after);
        break;
      case 'keptAfter': {
        const heard = this.#heardOf(said.room, from, said.number);
        if (heard.last >= said.number) break;
        heard.last = said.number;
        this.#options.lost(said.room, from);
        break;
      }
    }
  }

  /** Says how far it is, so that the last message of all is not missed either. */
  tell(): void {
    const now = this.#now();
    for (const [room, sent] of this.#sent) {
      this.#prune(sent);
      const newest = sent.kept.at(-1);
      if (newest) this.#publish({ kind: 'upTo', room, number: newest.number });
      else this.#sent.delete(room);
    }
    for (const [key, { at }] of this.#heard) if (now - at > FORGOTTEN_MS) this.#heard.delete(key);
  }

  close(): void {
    clearInterval(this.#beat);
    this.#publish = () => undefined;
  }

  #say({ number, since, message }: Kept): void {
    this.#publish({ kind: 'message', number, ...(since !== undefined && { since }), ...message });
  }

  #isNext(room: string, from: Sender, number: number, since: number | undefined): boolean {
    // Of whom nothing is known yet, nothing was missed.
    const heard = this.#heardOf(room, from, since ?? number - 1);
    if (number <= heard.last) return false;
    if (since !== undefined && since !== heard.last) {
      this.#ask(room, from, heard);
      return false;
    }
    heard.last = number;
    heard.askedAt = Number.NEGATIVE_INFINITY;
    return true;
  }

  #heardOf(room: string, { boot }: Sender, last: number): Heard {
    const key = `${boot} ${room}`;
    const heard = this.#heard.get(key) ?? { last, at: 0, askedAt: Number.NEGATIVE_INFINITY };
    heard.at = this.#now();
    this.#heard.set(key, heard);
    return heard;
  }

  #ask(room: string, { boot }: Sender, heard: Heard): void {
    if (this.#now() - heard.askedAt < ASK_EVERY_MS) return;
    heard.askedAt = this.#now();
    this.#publish({ kind: 'again', of: boot, room, after: heard.last });
  }

  #repeat(room: string, after: number): void {
    const missed = this.#sent.get(room)?.kept.filter(({ number }) => number > after) ?? [];
    const [oldest] = missed;
    if (oldest?.since !== undefined && oldest.since > after)
      this.#publish({ kind: 'keptAfter', room, number: oldest.since });
    for (const each of missed) this.#say(each);
  }

  #prune(sent: Sent): void {
    const now = this.#now();
    let gone = 0;
    for (const { at, message } of sent.kept) {
      if (sent.bytes <= KEPT_BYTES && now - at <= KEPT_MS) break;
      sent.bytes -= message.packet.length;
      gone += 1;
    }
    if (gone > 0) sent.kept = sent.kept.slice(gone);
  }
}
