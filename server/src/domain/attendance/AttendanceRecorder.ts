import { randomUUID } from 'node:crypto';
import type { Clock } from '../../lib/clock.ts';
import type { Presence, PresenceFacts } from '../presence/Presence.ts';
import { Attendees } from './Attendees.ts';
import type { NewEvent, WeakMinute } from './events.ts';
import { BEAT_MS, SILENCE_MS, WEAK_MS } from './limits.ts';
import type { AttendanceLog, BootSign } from './ports.ts';

/**
 * Turns what presence learns into the record. Facts are taken without waiting; `tick`, called every second, writes
 * them.
 */
export class AttendanceRecorder {
  readonly #log: AttendanceLog;
  readonly #clock: Clock;
  readonly #node: string;
  readonly #briefings = new Map<string, Attendees>();
  /** By their key in the store; a later sum of the same minute replaces the one that was not written yet. */
  #weak = new Map<string, WeakMinute>();
  #events: NewEvent[] = [];
  #boot: string = randomUUID();
  /** The boot that was written last. */
  #recorded: string | undefined;
  #startedAt: number;
  #seq = 0;
  #awakeAt: number;
  #beatAt = Number.NEGATIVE_INFINITY;
  #weakAt: number;
  #unfollow: () => void = () => undefined;
  #closing: Promise<void> | undefined;

  /** @param clock that of the database: times of several nodes are compared */
  constructor(parts: { log: AttendanceLog; clock: Clock; node: string }) {
    this.#log = parts.log;
    this.#clock = parts.clock;
    this.#node = parts.node;
    this.#startedAt = this.#awakeAt = this.#weakAt = this.#read();
  }

  /** Takes its facts from there; before any briefing is open. */
  follow(presence: Presence): void {
    const open = (briefing: string) => this.#open(briefing);
    const close = (briefing: string) => this.#close(briefing);
    const channelIn: Listener<'channelOpened'> = (briefing, seat) =>
      this.#briefings.get(briefing)?.channelOpened(seat.unit, seat.identity, this.#now());
    const channelOut: Listener<'channelClosed'> = (briefing, identity) =>
      this.#briefings.get(briefing)?.channelClosed(identity, this.#now());
    const media: Listener<'media'> = ({ briefing, unit, identity }, line) =>
      this.#briefings.get(briefing)?.media(unit, identity, line, this.#now());
    const quality: Listener<'quality'> = (briefing, identity, line) =>
      this.#briefings.get(briefing)?.quality(identity, line, this.#now());
    presence.on('opened', open).on('closed', close).on('media', media).on('quality', quality);
    presence.on('channelOpened', channelIn).on('channelClosed', channelOut);
    this.#unfollow = () => {
      presence.off('opened', open).off('closed', close).off('media', media).off('quality', quality);
      presence.off('channelOpened', channelIn).off('channelClosed', channelOut);
    };
  }

  /** Writes what is due. What cannot be written is written by the next. @throws DomainError `store-unavailable` */
  async tick(): Promise<void> {
    const now = this.#now();
    this.#takeWeak(now);
    if (this.#events.length > 0 || this.#weak.size > 0 || this.#recorded !== this.#boot) return this.#write(now, null);
    if (now - this.#beatAt < BEAT_MS) return;
    await this.#log.alive(this.#sign(now, null));
    this.#beatAt = now;
  }

  /** Everybody leaves with this process; says so once. May run twice. */
  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    this.#unfollow();
    for (const briefing of [...this.#briefings.keys()]) this.#close(briefing);
    const now = this.#now();
    await this.#write(now, now);
  }

  #open(briefing: string): void {
    if (this.#briefings.has(briefing)) return;
    const say = (change: Omit<NewEvent, 'boot' | 'seq' | 'briefing'>) =>
      this.#events.push({ ...change, briefing, boot: this.#boot, seq: this.#seq++ });
    this.#briefings.set(briefing, new Attendees(say));
  }

  #close(briefing: string): void {
    const attendees = this.#briefings.get(briefing);
    if (!attendees) return;
    const now = this.#now();
    attendees.end(now);
    this.#keepWeak(briefing, attendees, now);
    this.#briefings.delete(briefing);
  }

  async #write(now: number, endedAt: number | null): Promise<void> {
    const [events, weak] = [this.#events, this.#weak];
    [this.#events, this.#weak] = [[], new Map()];
    try {
      const sign = this.#sign(now, endedAt);
      await this.#log.record(sign, events, [...weak.values()]);
      this.#recorded = sign.boot;
      this.#beatAt = now;
    } catch (error) {
      this.#events = [...events, ...this.#events];
      this.#weak = new Map([...weak, ...this.#weak]);
      throw error;
    }
  }

  #sign(aliveAt: number, endedAt: number | null): BootSign {
    return { boot: this.#boot, node: this.#node, startedAt: this.#startedAt, aliveAt, endedAt };
  }

  #takeWeak(now: number): void {
    if (now - this.#weakAt < WEAK_MS) return;
    this.#weakAt = now;
    for (const [briefing, attendees] of this.#briefings) this.#keepWeak(briefing, attendees, now);
  }

  #keepWeak(briefing: string, attendees: Attendees, now: number): void {
    for (const sum of attendees.weak.take(now)) {
      const key = `${briefing} ${sum.unit} ${sum.minute} ${this.#boot}`;
      this.#weak.set(key, { ...sum, briefing, boot: this.#boot });
    }
  }

  /** AT4: looks whether this process slept; called every second, whatever a write waits for. */
  look(): void {
    this.#now();
  }

  #now(): number {
    const now = this.#read();
    if (now - this.#awakeAt > SILENCE_MS) this.#renew(now);
    this.#awakeAt = Math.max(this.#awakeAt, now);
    return now;
  }

  #renew(now: number): void {
    for (const [briefing, attendees] of this.#briefings) this.#keepWeak(briefing, attendees, this.#awakeAt);
    this.#boot = randomUUID();
    this.#startedAt = now;
    this.#seq = 0;
    for (const attendees of this.#briefings.values()) attendees.again(now);
  }

  #read(): number {
    return this.#clock.now().getTime();
  }
}

type Listener<N extends keyof PresenceFacts> = (...args: PresenceFacts[N]) => void;
