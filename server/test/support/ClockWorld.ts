import { randomUUID } from 'node:crypto';
import { AttendanceRecorder } from '../../src/domain/attendance/AttendanceRecorder.ts';
import type { NewEvent } from '../../src/domain/attendance/events.ts';
import { measuredFrame, type WrittenFrame } from '../../src/domain/attendance/measuredFrame.ts';
import type { BootSign } from '../../src/domain/attendance/ports.ts';
import { type Measured, summarise } from '../../src/domain/attendance/summarise.ts';
import { sumOf } from '../../src/domain/clock/decideStep.ts';
import { COMPARE_EVERY_MS } from '../../src/domain/clock/limits.ts';
import type { ClockStep, ClockStore } from '../../src/domain/clock/ports.ts';
import { SteadyClock } from '../../src/domain/clock/SteadyClock.ts';
import { Presence } from '../../src/domain/presence/Presence.ts';
import { person } from './floorPeople.ts';

const TICK_MS = 500;
/** Nobody is cut for less: the units of this world come back at once when their node dies. */
const GAP_MS = 0;

interface Node {
  readonly presence: Presence;
  readonly steady: SteadyClock;
  readonly recorder: AttendanceRecorder;
  /** Its monotonic clock is so far behind, and it does nothing until then. */
  frozenMs: number;
  until: number;
}

interface Briefing {
  readonly id: string;
  readonly openedAt: number;
  readonly since: number;
  state: 'live' | 'closed';
  closedAt: number | null;
}

/** Nodes that count attendance, and a PostgreSQL whose clock is set, in virtual time: the real code over stores in memory. */
export class ClockWorld {
  readonly #nodes = new Map<string, Node>();
  readonly #boots = new Map<string, BootSign & { ended: boolean }>();
  readonly #events = new Map<string, NewEvent>();
  readonly #steps: ClockStep[] = [];
  readonly #there = new Map<string, Set<string>>();
  #briefing: Briefing | undefined;
  #now = 0;
  #offset = Date.UTC(2026, 11, 31, 16, 59);
  heldMs = 0;

  get #clock(): number {
    return this.#now + this.#offset;
  }

  set(ms: number): void {
    this.#offset += ms;
  }

  async start(name: string): Promise<void> {
    const at: Pick<Node, 'frozenMs' | 'until'> = { frozenMs: 0, until: 0 };
    const elapsed = () => this.#now - at.frozenMs;
    const steady = await SteadyClock.create({ store: this.#store(elapsed), node: name, elapsed });
    const presence = new Presence({
      store: { load: async () => ({ expected: [], seen: [], aliveAt: null }), save: async () => undefined },
      names: { name: () => 'Xã', path: () => 'vn' },
      clock: { now: () => new Date(this.#clock) },
    });
    const log = {
      record: async (sign: BootSign, events: readonly NewEvent[]) => this.#write(sign, events),
      alive: async (sign: BootSign) => this.#write(sign, []),
    };
    const recorder = new AttendanceRecorder({ log, time: steady, node: name });
    recorder.follow(presence);
    const node = Object.assign(at, { presence, steady, recorder });
    this.#nodes.set(name, node);
    const briefing = this.#briefing;
    if (briefing?.state !== 'live') return;
    await presence.open(briefing.id);
    for (const unit of this.#there.get(name) ?? []) presence.channelOpened(briefing.id, seat(unit));
  }

  /** kill -9; its units come back to the next process. */
  async restart(name: string): Promise<void> {
    await this.start(name);
  }

  /** Its machine stands still with all its clocks. */
  async freeze(name: string, ms: number): Promise<void> {
    const node = this.#node(name);
    node.until = this.#now + ms;
    node.frozenMs += ms;
  }

  async open(): Promise<string> {
    for (const { steady } of this.#nodes.values()) await steady.look();
    const id = randomUUID();
    this.#briefing = { id, openedAt: this.#clock, since: this.#now, state: 'live', closedAt: null };
    for (const { presence } of this.#nodes.values()) await presence.open(id);
    return id;
  }

  come(briefing: string, unit: string): void {
    const name = unit === 'whole' ? 'one' : 'two';
    this.#there.set(name, new Set([unit]));
    this.#node(name).presence.channelOpened(briefing, seat(unit));
  }

  leave(briefing: string, unit: string): void {
    this.#there.set('two', new Set());
    this.#node('two').presence.channelClosed(briefing, seat(unit).identity);
  }

  /** @param later what happens between the end and the sheet */
  async close(briefing: string, later: () => Promise<void>): Promise<ReadonlyMap<string, Measured>> {
    while ([...this.#nodes.values()].some(({ until }) => until > this.#now)) await this.pass(TICK_MS);
    for (const { steady } of this.#nodes.values()) await steady.look();
    const at = this.#demand();
    Object.assign(at, { state: 'closed', closedAt: this.#clock });
    this.heldMs = this.#now - at.since;
    for (const { presence } of this.#nodes.values()) await presence.close(briefing);
    await later();
    for (let tries = 0; ; tries += 1) {
      await this.#node('one').steady.look();
      const frame = measuredFrame(this.#kept(at));
      if (frame.pending === 0) {
        const rule = { percent: 80, lastRound: false };
        const measured = (unit: string) => {
          const events = [...this.#events.values()].filter((event) => event.unit === unit);
          return summarise({ unit, events, weak: new Map(), answer: undefined }, { ...frame, rule }, GAP_MS);
        };
        return new Map(['whole', 'half', 'never'].map((unit) => [unit, measured(unit)]));
      }
      if (tries === 100) throw new Error('the sheet waits for a boot');
      await this.pass(TICK_MS);
    }
  }

  async pass(ms: number): Promise<void> {
    for (const end = this.#now + ms; this.#now < end; ) {
      this.#now += TICK_MS;
      for (const { steady, recorder, until } of [...this.#nodes.values()]) {
        if (until > this.#now) continue;
        if (this.#now % COMPARE_EVERY_MS === 0) await steady.look();
        await recorder.tick();
      }
    }
  }

  #store(elapsed: () => number): ClockStore {
    return {
      read: async (after) => ({ offset: this.#clock - elapsed(), steps: this.#steps.slice(after) }),
      record: async (after, { node }, decide) => {
        const others = [...this.#boots.values()].filter((boot) => boot.node !== node && !boot.ended);
        const beats = others.map(({ aliveAt, clock }) => aliveAt + sumOf(this.#steps.slice(clock)));
        const heardAt = beats.length > 0 ? Math.max(...beats) : null;
        const ms = decide({ steps: this.#steps.slice(after), heardAt });
        const { id: briefing, state } = this.#briefing ?? {};
        const briefings = briefing && state ? [{ briefing, state }] : [];
        if (ms !== undefined) this.#steps.push({ nr: this.#steps.length + 1, ms, briefings });
        return this.#steps.slice(after);
      },
    };
  }

  #write(sign: BootSign, events: readonly NewEvent[]): void {
    const known = this.#boots.get(sign.boot);
    const isFirst = known === undefined;
    const isOlder = known && (known.clock > sign.clock || (known.clock === sign.clock && known.aliveAt > sign.aliveAt));
    this.#boots.set(sign.boot, isOlder ? known : { ...sign, ended: sign.endedAt !== null });
    for (const boot of this.#boots.values())
      if (isFirst && boot.node === sign.node && boot.boot !== sign.boot) boot.ended = true;
    for (const event of events) this.#events.set(`${event.boot} ${event.seq}`, event);
  }

  #kept({ openedAt, closedAt }: Briefing): WrittenFrame {
    const touching = this.#steps.filter(({ briefings }) => briefings.length > 0);
    return {
      ...{ openedAt, liveAt: openedAt, closedAt, now: this.#clock, heardSince: 0, sealed: null },
      ...{ rule: undefined, sheet: undefined },
      steps: touching.map(({ nr, ms, briefings: [at] }) => ({ nr, ms, state: at?.state ?? 'live' })),
      boots: [...this.#boots.values()].map(({ boot, aliveAt, clock, ended }) => {
        return { boot, aliveAt, clock, since: sumOf(this.#steps.slice(clock)), ended };
      }),
    };
  }

  #node(name: string): Node {
    const node = this.#nodes.get(name);
    if (!node) throw new Error(`there is no node ${name}`);
    return node;
  }

  #demand(): Briefing {
    if (!this.#briefing) throw new Error('there is no briefing');
    return this.#briefing;
  }
}

const seat = (unit: string) => person(unit, 'seat', `vn.${unit}`, `${unit}-account`).seat;
