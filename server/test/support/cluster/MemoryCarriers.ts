import type {
  Appointment,
  CarrierMoment,
  CarrierStore,
  Tenure,
  Watchable,
} from '../../../src/cluster/carrier/ports.ts';
import { MemoryBeats } from './MemoryBeats.ts';

/** What PostgreSQL does with carriers, for a world without one; the same contract holds for both. */
export class MemoryCarriers implements CarrierStore {
  readonly beats: MemoryBeats;
  /** Briefings whose doors are open. */
  readonly isRunning = new Set<string>();
  readonly #tenures = new Map<string, Tenure>();

  constructor(beats = new MemoryBeats()) {
    this.beats = beats;
  }

  of(briefing: string): Tenure | undefined {
    return this.#tenures.get(briefing);
  }

  async change(briefing: string, decide: (moment: CarrierMoment) => Appointment | null): Promise<Tenure | undefined> {
    return this.changeNow(briefing, decide);
  }

  async running(): Promise<readonly Watchable[]> {
    return this.runningNow();
  }

  changeNow(briefing: string, decide: (moment: CarrierMoment) => Appointment | null): Tenure | undefined {
    const old = this.#tenures.get(briefing);
    const appointment = decide({ running: this.isRunning.has(briefing), tenure: old && this.#watchable(old) });
    if (!appointment) return old;
    const { carrier, standby } = appointment;
    const stays = carrier?.boot === old?.carrier?.boot;
    const tenure = {
      ...{ briefing, carrier, standby, seq: (old?.seq ?? 0) + 1 },
      epoch: old ? old.epoch + (carrier && !stays ? 1 : 0) : 1,
    };
    this.#tenures.set(briefing, tenure);
    return tenure;
  }

  runningNow(): readonly Watchable[] {
    const running = [...this.#tenures.values()].filter(({ briefing }) => this.isRunning.has(briefing));
    return running.map((tenure) => this.#watchable(tenure));
  }

  #watchable(tenure: Tenure): Watchable {
    const { carrier, standby } = tenure;
    return { ...tenure, carrierBeat: this.beats.of(carrier?.boot), standbyBeat: this.beats.of(standby?.boot) };
  }
}
