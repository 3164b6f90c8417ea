import type { Sender } from '../../cluster/bus/envelope.ts';
import { NEWS_MS } from '../../cluster/bus/Freshness.ts';
import type { JoinNumbers } from '../../cluster/membership/JoinNumbers.ts';
import type { Others } from '../../cluster/membership/Membership.ts';
import type { RoomsMessage } from '../../cluster/topics/rooms.ts';
import { every } from '../../lib/every.ts';
import { OwnRoom, type OwnRoomFacts } from './OwnRoom.ts';
import { RoomsElsewhere } from './RoomsElsewhere.ts';

/** ND2: what a lost message said is asked for after this time, ms, at the latest. */
const DIGEST_EVERY_MS = 2_000;
/** ND3: how often it is looked who lives. */
const LOOK_EVERY_MS = 1_000;
/** By then the bus itself obeys nothing more of what was said before. */
const OLD_MS = 2 * NEWS_MS;
/** A node that has just come is heard before its lease is seen. */
const NEW_MS = 5_000;

export interface NodeRoomsOptions {
  readonly self: Sender;
  readonly joins: JoinNumbers;
  readonly others: Others;
  /** So long a node that was heard is taken for living though its lease is not seen yet. */
  readonly newMs?: number;
}

/** The rooms of a cluster: what this node tells of its own, and what it knows of those of others. */
export class NodeRooms {
  readonly self: Sender;
  readonly joins: JoinNumbers;
  readonly elsewhere = new RoomsElsewhere();
  readonly #others: Others;
  readonly #newMs: number;
  readonly #own = new Map<string, OwnRoom>();
  /** By boot, by this node's monotonic clock. */
  readonly #heard = new Map<string, { readonly node: Sender; readonly at: number }>();
  /** Boots that were taken for dead, and when: what they said before comes late, and brings nobody back. */
  readonly #gone = new Map<string, number>();
  #version = 0;
  #publish: (message: RoomsMessage) => void = () => undefined;
  #beats: readonly { close(): void }[] = [];

  constructor({ self, joins, others, newMs = NEW_MS }: NodeRoomsOptions) {
    this.self = self;
    this.joins = joins;
    this.#others = others;
    this.#newMs = newMs;
    this.elsewhere.on('missed', ({ boot }, rooms) => this.#publish({ kind: 'ask', of: boot, rooms: [...rooms] }));
  }

  /** The bus is there. */
  start(publish: (message: RoomsMessage) => void): void {
    this.#publish = publish;
    // Whoever is there tells all it has.
    publish({ kind: 'ask' });
    // That Redis is away its connection says; until it is known who lives, nobody is taken for dead.
    const unknown = () => undefined;
    this.#beats = [
      every(DIGEST_EVERY_MS, () => this.digest(), unknown),
      every(LOOK_EVERY_MS, () => this.#look(), unknown),
    ];
  }

  hear(message: RoomsMessage, from: Sender): void {
    if (this.#gone.has(from.boot)) return;
    if (!this.#heard.has(from.boot) && message.kind !== 'ask') this.#publish({ kind: 'ask', of: from.boot });
    this.#heard.set(from.boot, { node: { node: from.node, boot: from.boot }, at: performance.now() });
    if (message.kind === 'ask') this.#answer(message);
    else {
      if (message.kind === 'whole' || message.kind === 'changes')
        for (const { join } of message.people) this.joins.heard(join);
      if (message.kind === 'counts') for (const [, join] of message.came) this.joins.heard(join);
      this.elsewhere.hear(message, from);
    }
  }

  /** A room of this node. */
  open(room: OwnRoomFacts): OwnRoom {
    const own = new OwnRoom(
      room,
      (message) => this.#publish(message),
      () => ++this.#version,
    );
    this.#own.set(room.name, own);
    return own;
  }
  ended(name: string, own: OwnRoom): void {
    own.over(this.elsewhere.nodes(name).length === 0);
    if (this.#own.get(name) === own) this.#own.delete(name);
  }

  close(): void {
    for (const beat of this.#beats) beat.close();
    this.#publish = () => undefined;
  }

  #answer({ of, rooms }: Extract<RoomsMessage, { kind: 'ask' }>): void {
    if (of !== undefined && of !== this.self.boot) return;
    for (const [name, own] of this.#own) if (!rooms || rooms.includes(name)) own.whole();
  }

  /** Says how far each room of this node has come. */
  digest(): void {
    for (const own of this.#own.values()) own.flush();
    const rooms = [...this.#own].map(([name, own]): [string, number, [number, number]] => {
      return [name, own.version, [...own.counts]];
    });
    this.#publish({ kind: 'digest', rooms });
  }

  /** ND3: who does not live has nobody. @throws DomainError when that cannot be known */
  async #look(): Promise<void> {
    if (this.#heard.size + this.#gone.size === 0) return;
    const living = new Set((await this.#others.others()).map(({ boot }) => boot));
    const now = performance.now();
    for (const [boot, at] of this.#gone) {
      // It was cut off, and is there again.
      if (living.has(boot)) this.#publish({ kind: 'ask', of: boot });
      if (living.has(boot) || now - at > OLD_MS) this.#gone.delete(boot);
    }
    for (const [boot, { node, at }] of this.#heard) {
      if (living.has(boot) || now - at < this.#newMs) continue;
      this.#heard.delete(boot);
      this.#gone.set(boot, now);
      this.elsewhere.forget(node);
    }
  }
}
