import type { LinesMessage } from '../../cluster/topics/lines.ts';
import { every } from '../../lib/every.ts';
import type { KnownLine, SfuPeer } from '../../media/sfu/types.ts';

/** What changed is told at most this often, ms. */
const TELL_EVERY_MS = 1_000;
/** All weak lines of this node are told again, for nodes that came meanwhile or missed it. */
const REPEAT_EVERY_MS = 30_000;
/** A line of which nobody has said anything for so long is tried anew. */
const KEEP_MS = 120_000;
/** Lines in one message. */
const AT_ONCE = 250;

type Told = LinesMessage[number];
type Watched = Pick<SfuPeer, 'line' | 'on' | 'once'>;

/**
 * PL5: what was learned of viewers' lines, here and at other nodes, by room and identity. Whoever comes anew, at
 * whatever node, begins with it, since a thousand weak lines that begin at the top together drown together. What is
 * lost, late or wrong costs a viewer some seconds of a smaller picture, or of a broken one.
 */
export class KnownLines {
  readonly #lines = new Map<string, { readonly told: Told; readonly at: number }>();
  readonly #here = new Map<string, { readonly whose: Omit<Told, 'line'>; readonly peer: Watched }>();
  #changed = new Map<string, Told>();
  #publish: (message: LinesMessage) => void = () => undefined;
  readonly #now: () => number;
  readonly #beats: readonly { close(): void }[];

  /** @param now ms of a monotonic clock */
  constructor(now = () => performance.now()) {
    this.#now = now;
    // Neither can fail.
    const failed = () => undefined;
    this.#beats = [
      every(TELL_EVERY_MS, () => this.tell(), failed),
      every(REPEAT_EVERY_MS, () => this.repeat(), failed),
    ];
  }

  /** The bus is there. */
  start(publish: (message: LinesMessage) => void): void {
    this.#publish = publish;
  }

  /** What a connection of theirs begins with; undefined: nothing is known, or that it carries everything. */
  of(room: string, identity: string): KnownLine | undefined {
    const known = this.#lines.get(keyOf({ room, identity }));
    return known && this.#now() - known.at < KEEP_MS ? (known.told.line ?? undefined) : undefined;
  }

  /** Their newest connection; from now on this node knows best. */
  follow(room: string, identity: string, peer: Watched): void {
    const whose = { room, identity };
    const key = keyOf(whose);
    this.#here.set(key, { whose, peer });
    const isNewest = () => this.#here.get(key)?.peer === peer;
    peer.on('line', (_state, line) => {
      if (isNewest()) this.#learn(key, { ...whose, line: line ?? null });
    });
    peer.once('closed', () => {
      if (isNewest()) this.#here.delete(key);
    });
  }

  hear(message: LinesMessage): void {
    for (const told of message) {
      const key = keyOf(told);
      if (!this.#here.has(key)) this.#keep(key, told);
    }
  }

  /** What has changed since it was told last. */
  tell(): void {
    const all = [...this.#changed.values()];
    this.#changed = new Map();
    for (let i = 0; i < all.length; i += AT_ONCE) this.#publish(all.slice(i, i + AT_ONCE));
  }

  /** Says it all once more, and forgets what nobody says any more. */
  repeat(): void {
    for (const [key, { whose, peer }] of this.#here) {
      const { known } = peer.line;
      if (known) this.#learn(key, { ...whose, line: known });
    }
    for (const [key, { at }] of this.#lines) if (this.#now() - at >= KEEP_MS) this.#lines.delete(key);
  }

  close(): void {
    this.tell();
    for (const beat of this.#beats) beat.close();
  }

  #learn(key: string, told: Told): void {
    this.#keep(key, told);
    this.#changed.set(key, told);
  }

  #keep(key: string, told: Told): void {
    if (told.line) this.#lines.set(key, { told, at: this.#now() });
    else this.#lines.delete(key);
  }
}

const keyOf = ({ room, identity }: Omit<Told, 'line'>): string => `${room}\n${identity}`;
