import { isDeepStrictEqual } from 'node:util';
import { tryAll } from '../../lib/tryAll.ts';
import type { Call } from '../../protocol/floor.ts';
import { CatchUp } from '../shared/CatchUp.ts';
import type { StageControl, StageOrder } from '../shared/stage.ts';
import type { FloorState } from './FloorState.ts';
import type { LiveFloors } from './LiveFloors.ts';
import type { DevicesElsewhere, FloorOutcome, FloorStore } from './ports.ts';
import { SpeakerLines } from './SpeakerLines.ts';
import { closeFloor } from './stageActs.ts';

/** Presence of briefings lives as long as their rooms. */
export interface PresenceRooms {
  open(briefing: string): Promise<void>;
  close(briefing: string): Promise<void>;
}

/** How far the floor of a briefing has come; `stage`, where it is known, to open its room. */
interface FloorMark {
  readonly id: string;
  readonly seq: number;
  readonly stage?: string;
}

/**
 * Keeps hall and floor together: every change of a floor becomes orders to the hall, what the hall says of a speaker's
 * line becomes part of the floor, and `sweep` finds what was lost in between.
 */
export class FloorKeeper {
  readonly #store: FloorStore;
  readonly #live: LiveFloors;
  readonly #stage: StageControl;
  readonly #presence: PresenceRooms;
  readonly #failed: (error: unknown, briefing: string) => void;
  /** Briefings whose room is here. One that is not may have a floor all the same, on which a job of this node has acted. */
  readonly #opened = new Set<string>();
  /** Briefings whose room must get all orders anew, since one failed. */
  readonly #stale = new Set<string>();
  readonly #catchUp: CatchUp<FloorMark>;
  readonly #lines: SpeakerLines;

  /** @param failed told of what went wrong without a caller to tell; the next sweep tries again */
  constructor(
    parts: {
      store: FloorStore;
      live: LiveFloors;
      stage: StageControl;
      presence: PresenceRooms;
      elsewhere: DevicesElsewhere;
    },
    failed: (error: unknown, briefing: string) => void,
  ) {
    this.#store = parts.store;
    this.#live = parts.live;
    this.#stage = parts.stage;
    this.#presence = parts.presence;
    this.#failed = failed;
    this.#lines = new SpeakerLines({ ...parts, failed });
    this.#catchUp = new CatchUp<FloorMark>({
      idOf: ({ id }) => id,
      isBehind: ({ id, seq }) => !this.#isUpTo(id, seq) || this.#stale.has(id),
      read: (mark) => this.#read(mark),
      marks: () => this.#store.running(),
    });
    this.#live.on('changed', (before, after) => this.#follow(before, after));
  }

  /**
   * FL14: reads the floor of a briefing and gives room and orders to the hall; presence is counted from here on. May
   * run again.
   */
  async open(briefing: string, stage: string): Promise<void> {
    const known = this.#live.get(briefing);
    const read = await this.#store.read(briefing);
    await this.#presence.open(briefing);
    const calls = await this.#ended(known, read);
    // Others have acted while it was read, and were heard.
    const newer = this.#live.get(briefing);
    const floor = newer && newer.seq > read.seq ? newer : read;
    // The room first: the orders that follow from a change find it there.
    this.#live.setRoot(briefing, stage);
    this.#stale.delete(briefing);
    this.#stage.openBriefing(briefing, this.#live.stages(floor), ordersOf(floor));
    this.#live.apply({ floor, calls });
    const isFirst = !this.#opened.has(briefing);
    this.#opened.add(briefing);
    if (isFirst) this.#lines.begin(briefing);
  }

  /** Makes floor and presence known on this node, if they are not. */
  async ensure(briefing: string, stage: string): Promise<void> {
    if (!this.#opened.has(briefing)) await this.#catchUp.hint({ id: briefing, seq: 0, stage });
  }

  /**
   * FL15: what another node has committed. Hints say the whole floor, so nothing is read unless one before was lost.
   */
  async hint(outcome: FloorOutcome): Promise<void> {
    const { briefing: id, seq } = outcome.floor;
    const known = this.#live.get(id);
    // Otherwise nobody is in it here: the first device, or the sweep, opens it.
    if (!known || !this.#opened.has(id)) return;
    if (seq === known.seq + 1) this.#live.apply(outcome);
    else await this.#catchUp.hint({ id, seq });
  }

  /** FL16. The room ends with the briefing. */
  async close(briefing: string): Promise<void> {
    this.#live.commit(await this.#store.change(briefing, { act: 'floor.close', account: null }, closeFloor));
    this.#live.forget(briefing);
    this.#opened.delete(briefing);
    this.#stale.delete(briefing);
    this.#lines.forget(briefing);
    await this.#stage.closeBriefing(briefing);
    await this.#presence.close(briefing);
  }

  /** FL11: whether join and order channel must refuse this device. Asks PostgreSQL when the floor is not at hand. */
  async isRemoved(briefing: string, identity: string): Promise<boolean> {
    const floor = this.#live.get(briefing) ?? (await this.#store.read(briefing));
    return floor.removed.includes(identity);
  }

  /** FL13 */
  line(briefing: string, identity: string, line: 'lost' | 'back'): Promise<void> {
    return this.#lines.line(briefing, identity, line);
  }

  /** CL42 */
  orphaned(briefing: string, identities: readonly string[]): void {
    this.#lines.orphaned(briefing, identities);
  }

  /**
   * FL15: opens what runs and is not here, closes what is over, takes over newer floors, repeats failed orders, and
   * asks the hall about the lines of those on stage.
   */
  async sweep(): Promise<void> {
    await this.#catchUp.sweep(
      (running, before) => {
        const ids = new Set(running.map(({ id }) => id));
        const over = before.filter((briefing) => !ids.has(briefing));
        return tryAll([
          ...running.map(
            ({ id }) =>
              () =>
                this.#lines.look(id),
          ),
          ...over.map((briefing) => () => this.close(briefing)),
        ]);
      },
      () => this.#live.briefings(),
    );
  }

  #isUpTo(briefing: string, seq: number): boolean {
    return this.#opened.has(briefing) && (this.#live.get(briefing)?.seq ?? -1) >= seq;
  }

  async #read({ id, stage }: FloorMark): Promise<void> {
    if (stage !== undefined) return this.open(id, stage);
    const known = this.#live.get(id);
    const floor = await this.#store.read(id);
    this.#live.apply({ floor, calls: await this.#ended(known, floor) });
  }

  /** How calls ended of which this node has missed the end. */
  async #ended(known: FloorState | undefined, floor: FloorState): Promise<readonly Call[]> {
    const running = new Set(floor.calls.map((call) => call.id));
    const missed = known?.calls.filter((call) => !running.has(call.id)) ?? [];
    if (missed.length === 0) return [];
    const record = await this.#store.calls(floor.briefing);
    return record.filter((call) => missed.some((m) => m.id === call.id));
  }

  #follow(before: FloorState, after: FloorState): void {
    const { briefing } = after;
    this.#arrange(before, after);
    const known = new Map(ordersOf(before).map((o) => [o.identity, o]));
    const wanted = new Map(ordersOf(after).map((o) => [o.identity, o]));
    for (const identity of new Set([...known.keys(), ...wanted.keys()])) {
      const order = wanted.get(identity) ?? ({ identity, place: 'audience', muted: false } satisfies StageOrder);
      const old = known.get(identity);
      if (old?.place === order.place && old.muted === order.muted && old.stage === order.stage) continue;
      this.#settle(briefing, this.#stage.order(briefing, order));
    }
    for (const identity of after.removed) {
      if (!before.removed.includes(identity)) this.#settle(briefing, this.#stage.remove(briefing, identity));
    }
  }

  /** TR2: before anybody is placed, so that nobody is shown to those who are shown another stage. */
  #arrange(before: FloorState, after: FloorState): void {
    const stages = this.#live.stages(after);
    if (!isDeepStrictEqual(this.#live.stages(before), stages)) this.#stage.arrange(after.briefing, stages);
  }

  #settle(briefing: string, order: Promise<void>): void {
    order.catch((error: unknown) => {
      this.#stale.add(briefing);
      this.#failed(error, briefing);
    });
  }
}

/**
 * Orders for all who are not plain audience. Holding is on stage as far as the hall is concerned: they may come back at
 * any moment.
 */
export function ordersOf(floor: FloorState): StageOrder[] {
  const placed = floor.speakers.map((s): StageOrder => {
    const place = s.place === 'green' ? 'green' : 'stage';
    return { identity: s.seat.identity, place, muted: s.muted, ...(s.stage !== undefined && { stage: s.stage }) };
  });
  const onFloor = new Set(placed.map((o) => o.identity));
  const muted = floor.muted.filter((identity) => !onFloor.has(identity));
  return [...placed, ...muted.map((identity): StageOrder => ({ identity, place: 'audience', muted: true }))];
}
