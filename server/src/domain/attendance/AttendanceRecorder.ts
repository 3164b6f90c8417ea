import { randomUUID } from 'node:crypto';
import type { Presence, PresenceFacts } from '../presence/Presence.ts';
import { Attendees } from './Attendees.ts';
import type { NewEvent, WeakMinute } from './events.ts';
import { BEAT_MS, JUMP_MS, SILENCE_MS, WEAK_MS } from './limits.ts';
import type { AttendanceLog, BootSign, SteadyTime } from './ports.ts';

/** One briefing whose doors are open. */
interface Open {
  readonly attendees: Attendees;
  /** How far its time is before the monotonic clock; changes where the boot ends only. */
  base: number;
  /** The latest moment that this boot knows of, in its time. */
  awakeAt: number;
}

/**
 * Turns what presence learns into the record. Facts are taken without waiting; `tick`, called every second, writes
 * them. Pauses are measured by the monotonic clock: what PostgreSQL's is set to ends and begins nothing (AT15).
 */
export class AttendanceRecorder {
  readonly #log: AttendanceLog;
  readonly #time: SteadyTime;
  readonly #node: string;
  readonly #briefings = new Map<string, Open>();
  /** By their key in the store; a later sum of the same minute replaces the one that was not written yet. */
  #weak = new Map<string, WeakMinute>();
  #events: NewEvent[] = [];
  #boot: string = randomUUID();
  /** What was written last of the boot. */
  #recorded: BootSign | undefined;
  #startedAt: number;
  #seq = 0;
  /** As the monotonic clock counts, like the three below. */
  #awakeAt: number;
  #beatAt = Number.NEGATIVE_INFINITY;
  #weakAt: number;
  #unfollow: () => void = () => undefined;
  #closing: Promise<void> | undefined;

  constructor(parts: { log: AttendanceLog; time: SteadyTime; node: string }) {
    this.#log = parts.log;
    this.#time = parts.time;
    this.#node = parts.node;
    this.#startedAt = this.#time.now();
    this.#awakeAt = this.#weakAt = this.#time.elapsed();
  }

  /** Takes its facts from there; before any briefing is open. */
  follow(presence: Presence): void {
    const open = (briefing: string) => this.#open(briefing);
    const close = (briefing: string) => this.#close(briefing);
    const channelIn: Listener<'channelOpened'> = (briefing, seat) =>
      this.#in(briefing, (attendees, now) => attendees.channelOpened(seat.unit, seat.identity, now));
    const channelOut: Listener<'channelClosed'> = (briefing, identity) =>
      this.#in(briefing, (attendees, now) => attendees.channelClosed(identity, now));
    const media: Listener<'media'> = ({ briefing, unit, identity }, line) =>
      this.#in(briefing, (attendees, now) => attendees.media(unit, identity, line, now));
    const quality: Listener<'quality'> = (briefing, identity, line) =>
      this.#in(briefing, (attendees, now) => attendees.quality(identity, line, now));
    presence.on('opened', open).on('closed', close).on('media', media).on('quality', quality);
    presence.on('channelOpened', channelIn).on('channelClosed', channelOut);
    this.#unfollow = () => {
      presence.off('opened', open).off('closed', close).off('media', media).off('quality', quality);
      presence.off('channelOpened', channelIn).off('channelClosed', channelOut);
    };
  }

  /** Writes what is due. What cannot be written is written by the next. @throws DomainError `store-unavailable` */
  async tick(): Promise<void> {
    const elapsed = this.#wake();
    this.#takeWeak(elapsed);
    const sign = this.#sign(false);
    // A beat carries a sign of life of a boot, and of a step of the clock, that are on record.
    const isKnown = this.#recorded?.boot === sign.boot && this.#recorded.clock === sign.clock;
    if (this.#events.length > 0 || this.#weak.size > 0 || !isKnown) return this.#write(elapsed, false);
    if (elapsed - this.#beatAt < BEAT_MS) return;
    await this.#log.alive(sign);
    this.#beatAt = elapsed;
  }

  /** Everybody leaves with this process; says so once. May run twice. */
  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    this.#unfollow();
    for (const briefing of [...this.#briefings.keys()]) this.#close(briefing);
    await this.#write(this.#wake(), true);
  }

  #open(briefing: string): void {
    if (this.#briefings.has(briefing)) return;
    const elapsed = this.#wake();
    const say = (change: Omit<NewEvent, 'boot' | 'seq' | 'briefing'>) =>
      this.#events.push({ ...change, briefing, boot: this.#boot, seq: this.#seq++ });
    const awakeAt = this.#time.nowIn(briefing);
    this.#briefings.set(briefing, { attendees: new Attendees(say), base: awakeAt - elapsed, awakeAt });
  }

  #in(briefing: string, take: (attendees: Attendees, now: number) => void): void {
    if (!this.#briefings.has(briefing)) return;
    this.#wake();
    const open = this.#briefings.get(briefing);
    if (open) take(open.attendees, open.awakeAt);
  }

  #close(briefing: string): void {
    this.#in(briefing, (attendees, now) => {
      attendees.end(now);
      this.#keepWeak(briefing, attendees, now);
      this.#briefings.delete(briefing);
    });
  }

  async #write(elapsed: number, isEnd: boolean): Promise<void> {
    const [events, weak] = [this.#events, this.#weak];
    [this.#events, this.#weak] = [[], new Map()];
    try {
      const sign = this.#sign(isEnd);
      await this.#log.record(sign, events, [...weak.values()]);
      this.#recorded = sign;
      this.#beatAt = elapsed;
    } catch (error) {
      this.#events = [...events, ...this.#events];
      this.#weak = new Map([...weak, ...this.#weak]);
      throw error;
    }
  }

  #sign(isEnd: boolean): BootSign {
    const aliveAt = this.#time.now();
    const { steps: clock } = this.#time;
    const endedAt = isEnd ? aliveAt : null;
    return { boot: this.#boot, node: this.#node, startedAt: this.#startedAt, aliveAt, endedAt, clock };
  }

  #takeWeak(elapsed: number): void {
    if (elapsed - this.#weakAt < WEAK_MS) return;
    this.#weakAt = elapsed;
    for (const [briefing, { attendees, awakeAt }] of this.#briefings) this.#keepWeak(briefing, attendees, awakeAt);
  }

  #keepWeak(briefing: string, attendees: Attendees, now: number): void {
    for (const sum of attendees.weak.take(now)) {
      const key = `${briefing} ${sum.unit} ${sum.minute} ${this.#boot}`;
      this.#weak.set(key, { ...sum, briefing, boot: this.#boot });
    }
  }

  /** AT4: looks whether this process slept; called every second, whatever a write waits for. */
  look(): void {
    this.#wake();
  }

  /** AT4, AT17: a new boot where this process does not know the time before. @returns the monotonic clock */
  #wake(): number {
    const elapsed = this.#time.elapsed();
    const jumps = ([briefing, { base }]: [string, Open]) =>
      Math.abs(this.#time.nowIn(briefing) - elapsed - base) > JUMP_MS;
    if (elapsed - this.#awakeAt > SILENCE_MS || [...this.#briefings].some(jumps)) this.#renew(elapsed);
    this.#awakeAt = Math.max(this.#awakeAt, elapsed);
    for (const [briefing, open] of this.#briefings) {
      const now = this.#time.nowIn(briefing);
      open.base = now - elapsed;
      open.awakeAt = Math.max(open.awakeAt, now);
    }
    return elapsed;
  }

  #renew(elapsed: number): void {
    for (const [briefing, { attendees, awakeAt }] of this.#briefings) this.#keepWeak(briefing, attendees, awakeAt);
    this.#boot = randomUUID();
    this.#startedAt = this.#time.now();
    this.#seq = 0;
    for (const [briefing, open] of this.#briefings) {
      open.awakeAt = this.#time.nowIn(briefing);
      open.base = open.awakeAt - elapsed;
      open.attendees.again(open.awakeAt);
    }
  }
}

type Listener<N extends keyof PresenceFacts> = (...args: PresenceFacts[N]) => void;
