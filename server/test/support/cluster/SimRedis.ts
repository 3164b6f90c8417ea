import { EventEmitter } from 'node:events';
import type { Redis } from 'ioredis';
import type { Process, VirtualTime } from './VirtualTime.ts';

/** A line of a node to a server, which the network delays and cuts. */
export interface Line {
  readonly process: Process;
  /** Nothing passes. */
  cut: boolean;
}

/** ioredis gives up a command after so long (`COMMAND_TIMEOUT_MS`). */
const COMMAND_MS = 2_000;
const RECONNECT_MS = 1_000;

const NONE = { lost: 0, twice: 0, late: 0 };
/** What is on its way when all is healed comes within this time. */
const HEALED_MS = 2_000;

export interface Told {
  readonly channel: string;
  readonly text: string;
}

/** When what was sent last on a line arrives. */
interface Wire {
  lastAt: number;
}

interface Subscriber {
  readonly line: Line;
  readonly channels: Set<string>;
  readonly to: EventEmitter;
  readonly wire: Wire;
}

/** What the bus and the leases want of Redis, over a network that loses, repeats, delays and changes the order. */
export class SimRedis {
  readonly #time: VirtualTime;
  readonly #random: () => number;
  readonly #keys = new Map<string, { readonly value: string; readonly until: number }>();
  readonly #sets = new Map<string, Map<string, number>>();
  readonly #subscribers = new Set<Subscriber>();
  /** All that was ever said. */
  readonly said: Told[] = [];
  /** How often a message is lost, comes twice, or much later. */
  trouble = NONE;
  /** What comes of messages that are much later. */
  readonly #late = new Set<() => void>();
  #up = true;
  #upSince = 0;

  constructor(time: VirtualTime, random: () => number) {
    this.#time = time;
    this.#random = random;
  }

  down(loses: boolean): void {
    this.#up = false;
    if (!loses) return;
    this.#keys.clear();
    this.#sets.clear();
  }
  up(): void {
    this.#up = true;
    this.#upSince = this.#time.now;
  }

  /** Nothing goes wrong any more. */
  heal(): void {
    this.trouble = NONE;
    this.up();
    for (const come of this.#late) this.#time.later(this.#random() * HEALED_MS, come);
  }

  /** For commands. */
  client(line: Line): Redis {
    const connected = this.#up ? 0 : Number.POSITIVE_INFINITY;
    const state = { connectedAt: connected };
    const run = <T>(command: () => T) => this.#command(line, state, command);
    const set = (key: string) => {
      const found = this.#sets.get(key) ?? new Map<string, number>();
      this.#sets.set(key, found);
      return found;
    };
    const get = (key: string) => {
      const found = this.#keys.get(key);
      return found && found.until > this.#time.now ? found.value : null;
    };
    const pipeline = () => {
      const commands: (() => unknown)[] = [];
      const chain = {
        set: (key: string, value: string, _px: 'PX', ms: number) => {
          commands.push(() => this.#keys.set(key, { value, until: this.#time.now + ms }));
          return chain;
        },
        zadd: (key: string, score: number, member: string) => {
          commands.push(() => set(key).set(member, score));
          return chain;
        },
        exec: () => run(() => commands.map((command) => [null, command()])),
      };
      return chain;
    };
    return {
      pipeline,
      zrange: (key: string) => run(() => [...set(key).keys()]),
      zrem: (key: string, ...members: string[]) =>
        run(() => members.filter((member) => set(key).delete(member)).length),
      mget: (keys: readonly string[]) => run(() => keys.map(get)),
    } as unknown as Redis;
  }

  /** For the bus, to say. @param saying told at each word */
  publisher(line: Line, saying: () => void): Redis {
    const self = this;
    const wire = { lastAt: 0 };
    return {
      options: { db: 0 },
      get status() {
        return self.#up && !line.cut ? 'ready' : 'reconnecting';
      },
      publish: async (channel: string, text: string) => {
        saying();
        this.said.push({ channel, text });
        this.#time.later(this.#delayOn(wire), () => {
          if (!this.#up || line.cut) return;
          for (const subscriber of this.#subscribers) this.#deliver(subscriber, channel, text);
        });
      },
      disconnect: () => undefined,
    } as unknown as Redis;
  }

  /** For the bus, to hear. */
  subscriber(line: Line): Redis {
    const to = new EventEmitter();
    const channels = new Set<string>();
    this.#subscribers.add({ line, channels, to, wire: { lastAt: 0 } });
    return Object.assign(to, {
      subscribe: async (channel: string) => channels.add(channel),
      disconnect: () => undefined,
    }) as unknown as Redis;
  }

  /** Somebody who holds Redis says again what was said. */
  repeat({ channel, text }: Told): void {
    for (const subscriber of this.#subscribers) this.#deliver(subscriber, channel, text);
  }

  #deliver({ line, channels, to, wire }: Subscriber, channel: string, text: string): void {
    if (!channels.has(channel)) return;
    const { lost, twice, late } = this.trouble;
    if (this.#random() < lost) return;
    const times = this.#random() < twice ? 2 : 1;
    for (let i = 0; i < times; i++) {
      const isLate = this.#random() < late;
      const come = () => {
        if (isLate && !this.#late.delete(come)) return;
        if (!line.cut) this.#time.hand(line.process, () => to.emit('message', channel, text));
      };
      if (isLate) this.#late.add(come);
      this.#time.later(isLate ? this.#random() * 40_000 : this.#delayOn(wire), come);
    }
  }

  #command<T>(line: Line, state: { connectedAt: number }, command: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const away = (ms: number) => void this.#time.after(ms, () => reject(new Error('Redis is away')), line.process);
      if (!this.#up) return away(1);
      // Each connects again in a time of its own.
      if (state.connectedAt < this.#upSince) state.connectedAt = this.#upSince + this.#random() * RECONNECT_MS;
      if (this.#time.now < state.connectedAt) return away(1);
      if (line.cut) return away(COMMAND_MS);
      this.#time.later(this.#delay(), () => {
        if (!this.#up) return away(1);
        if (line.cut) return away(COMMAND_MS);
        const result = command();
        this.#time.later(this.#delay(), () =>
          line.cut ? away(COMMAND_MS) : this.#time.hand(line.process, () => resolve(result)),
        );
      });
    });
  }

  /** As one connection has it; the order changes as long as anything else goes wrong, as when a connection is a new one. */
  #delayOn(wire: Wire): number {
    const { now } = this.#time;
    const at = now + this.#delay();
    wire.lastAt = this.trouble.late > 0 ? at : Math.max(at, wire.lastAt);
    return wire.lastAt - now;
  }

  #delay(): number {
    return this.#random() < 0.05 ? this.#random() * 200 : 0.2 + this.#random() * 5;
  }
}
