import type { CarrierStore } from '../../../src/cluster/carrier/ports.ts';
import { BEAT_WITHIN_MS } from '../../../src/cluster/membership/Beats.ts';
import type { BeatStore } from '../../../src/cluster/membership/ports.ts';
import type { DirectiveStores } from '../../../src/compose/directiveStores.ts';
import type { RollcallStores } from '../../../src/compose/rollcallStores.ts';
import type { BriefingStore } from '../../../src/domain/briefing/ports.ts';
import type { AttachmentStore, DirectiveStore } from '../../../src/domain/directive/ports.ts';
import type { FigureReader } from '../../../src/domain/figure/ports.ts';
import type { FigureStage, FigureStageStore } from '../../../src/domain/figure/stage/ports.ts';
import { emptyStage } from '../../../src/domain/figure/stage/stageRules.ts';
import type { FloorStore } from '../../../src/domain/floor/ports.ts';
import type { PresenceStore } from '../../../src/domain/presence/ports.ts';
import type { RoundStore } from '../../../src/domain/rollcall/ports.ts';
import type { Briefing } from '../../../src/protocol/briefing.ts';
import { refuse } from '../../../src/protocol/errors.ts';
import type { Sql } from '../../../src/store/postgres/base/Postgres.ts';
import { MemoryDirectives } from '../MemoryDirectives.ts';
import { MemoryFloorStore } from '../MemoryFloorStore.ts';
import { MemoryRounds } from '../MemoryRounds.ts';
import type { Chance } from './Chance.ts';
import { expectedIn, officials, ROOT } from './land.ts';
import { MemoryBeats } from './MemoryBeats.ts';
import { MemoryCarriers } from './MemoryCarriers.ts';
import { MemoryPresence } from './MemoryPresence.ts';
import { SimFigures } from './SimFigures.ts';
import type { Line } from './SimRedis.ts';
import type { VirtualTime } from './VirtualTime.ts';

type Ask = <T>(work: () => T | Promise<T>) => Promise<T>;

/** What a node has of it over its line. */
export interface Connection {
  readonly sql: Sql;
  readonly beats: BeatStore;
  readonly carriers: CarrierStore;
  readonly briefings: Pick<BriefingStore, 'running' | 'find'>;
  open(briefing: string): Promise<Briefing>;
  /** The next state of a briefing. @throws DomainError `store-unavailable`, also when it was done */
  advance(briefing: string, close: boolean): Promise<Briefing | undefined>;
  readonly stages: Pick<FigureStageStore, 'read' | 'running'>;
  /** Other figures on the stage of a briefing, or the same again. @throws as `advance` */
  show(briefing: string): Promise<FigureStage | undefined>;
  readonly floors: FloorStore;
  readonly seen: PresenceStore;
  readonly rollcall: RollcallStores;
  readonly directive: DirectiveStores;
  readonly figures: FigureReader;
  /** Something more is said of figures. @returns its N @throws as `advance` */
  recordFigures(chance: Chance): Promise<number>;
}

/** One that decides, over lines that are cut, slow, and lose answers; its clock is set at will. */
export class SimPostgres {
  readonly beats = new MemoryBeats();
  readonly carriers = new MemoryCarriers(this.beats);
  readonly briefings = new Map<string, Briefing>();
  readonly stages = new Map<string, FigureStage>();
  readonly floors: MemoryFloorStore;
  readonly seen = new MemoryPresence(expectedIn);
  readonly rounds: MemoryRounds;
  readonly directives: MemoryDirectives;
  readonly figures = new SimFigures();
  readonly #time: VirtualTime;
  readonly #random: () => number;
  #isUp = true;
  /** When its clock was set last. */
  setAt = Number.NEGATIVE_INFINITY;
  wasSetBack = false;
  /** How far its clock is from the truth. */
  #offsetMs = 1_790_000_000_000;

  constructor(time: VirtualTime, random: () => number) {
    this.#time = time;
    this.#random = random;
    const clock = { now: () => this.now };
    this.floors = new MemoryFloorStore(clock);
    this.directives = new MemoryDirectives(clock, () => this.#time.now);
    this.rounds = new MemoryRounds({
      ...{ clock, expected: expectedIn },
      stateOf: (briefing) => this.briefings.get(briefing)?.state,
    });
  }

  /** By its clock. */
  get now(): Date {
    return new Date(this.#time.now + this.#offsetMs);
  }

  /** Its doors are open from now on; one that was open before stays as it is. */
  open(id: string): Briefing {
    const known = this.briefings.get(id);
    if (known) return known;
    const producers = officials.map(({ account }) => account.id);
    const facts = { id, state: 'live', epoch: 1, stage: ROOT, scope: [ROOT] as readonly string[], producers };
    const briefing = facts as Briefing;
    this.#put(briefing);
    this.carriers.isRunning.add(id);
    return briefing;
  }

  down(): void {
    this.#isUp = false;
  }
  up(): void {
    this.#isUp = true;
  }

  /** Its clock is set, forward or back. */
  set(ms: number): void {
    this.#offsetMs += ms;
    this.wasSetBack ||= ms < 0;
    this.setAt = this.#time.now;
  }

  connect(line: Line): Connection {
    const ask: Ask = (work) => this.#ask(line, work);
    return {
      sql: { query: () => ask(() => [{ ms: this.#time.now + this.#offsetMs }] as never) },
      carriers: {
        change: (briefing, decide) =>
          ask(() =>
            this.carriers.changeNow(briefing, (moment) => this.#time.within(line.process, () => decide(moment))),
          ),
        running: () => ask(() => this.carriers.runningNow()),
      },
      beats: overLine<BeatStore>(this.beats, (work) => this.#ask(line, work, BEAT_WITHIN_MS)),
      briefings: {
        running: () => ask(() => [...this.briefings.values()].filter(({ state }) => state !== 'closed')),
        find: (id) => ask(() => this.briefings.get(id)),
      },
      open: (id) => ask(() => this.open(id)),
      advance: (id, close) => ask(() => this.#advance(id, close)),
      stages: {
        read: (id) => ask(() => this.stageOf(id)),
        running: () => ask(() => [...this.stages.values()].filter(({ briefing }) => this.#isRunning(briefing))),
      },
      show: (id) => ask(() => this.#show(id)),
      figures: overLine<FigureReader>(this.figures.memory, ask),
      recordFigures: (chance) => ask(() => this.figures.record(chance)),
      floors: overLine<FloorStore>(this.floors, ask),
      seen: overLine<PresenceStore>(this.seen, ask),
      directive: {
        directives: overLine(this.directives, ask) as unknown as DirectiveStore,
        reminders: { due: () => ask(() => []), coming: unasked, remind: unasked, reminded: unasked },
        files: { uploadedBy: () => ask(() => new Set<string>()) } as unknown as AttachmentStore,
        expected: unasked,
        present: unasked,
      },
      rollcall: {
        rounds: overLine<RoundStore>(this.rounds, ask),
        refusals: { keep: () => ask(() => undefined), of: () => ask(() => []) },
        acts: { actsOf: () => ask(() => undefined) },
        answers: { one: unasked, ofUnit: unasked },
      },
    };
  }

  stageOf(id: string): FigureStage {
    return this.stages.get(id) ?? emptyStage(id);
  }

  #isRunning(id: string): boolean {
    return (this.briefings.get(id)?.state ?? 'closed') !== 'closed';
  }

  #show(id: string): FigureStage | undefined {
    if (!this.#isRunning(id)) return undefined;
    const version = this.stageOf(id).version + 1;
    // What it is says nothing here.
    const next = { briefing: id, version, what: {}, content: `${version}` } as FigureStage;
    this.stages.set(id, next);
    return next;
  }

  #advance(id: string, close: boolean): Briefing | undefined {
    const now = this.briefings.get(id);
    if (!now || now.state === 'closed') return undefined;
    const next = { ...now, epoch: now.epoch + 1, state: close ? 'closed' : 'live' } as Briefing;
    this.#put(next);
    if (close) this.carriers.isRunning.delete(id);
    return next;
  }

  #put(briefing: Briefing): void {
    this.briefings.set(briefing.id, briefing);
    this.floors.briefings.set(briefing.id, briefing);
  }

  /** A decision is made there, whatever becomes of the node meanwhile: it may be stopped or dead when the answer comes. */
  #ask<T>(line: Line, work: () => T | Promise<T>, patienceMs = 4_000): Promise<T> {
    return new Promise((resolve, reject) => {
      const refused = () => reject(refuse('store-unavailable', 'PostgreSQL is away'));
      const away = () => void this.#time.after(this.#random() * patienceMs, refused, line.process);
      this.#time.later(this.#delay(), () => {
        if (!this.#isUp || line.cut) return away();
        const result = inPromise(work);
        this.#time.later(this.#delay(), () =>
          this.#isUp && !line.cut ? this.#time.hand(line.process, () => resolve(result)) : away(),
        );
      });
    });
  }

  #delay(): number {
    return this.#random() < 0.05 ? this.#random() * 300 : 0.3 + this.#random() * 8;
  }
}

/** What it throws is told when the answer comes, and missed by nobody until then. */
function inPromise<T>(work: () => T | Promise<T>): Promise<T> {
  const result = (async () => work())();
  result.catch(() => undefined);
  return result;
}

/** A store as a node has it over its line. */
const overLine = <S extends object>(store: S, ask: Ask): S =>
  new Proxy(store, {
    get: (of, name) => {
      const method = Reflect.get(of, name) as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => ask(() => method.apply(of, args));
    },
  });

const unasked = async (): Promise<never> => {
  throw new Error('nobody asks for that here');
};
