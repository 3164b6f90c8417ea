import type { Appointment, CarrierMoment, CarrierStore, Renewed, Tenure } from '../../../src/cluster/carrier/ports.ts';

/** What PostgreSQL does with carriers, for a world without one; the same contract holds for both. */
export class MemoryCarriers implements CarrierStore {
  readonly running = new Set<string>();
  readonly #tenures = new Map<string, Renewed>();
  #beats = 0;

  of(briefing: string): Renewed | undefined {
    return this.#tenures.get(briefing);
  }

  async change(briefing: string, decide: (moment: CarrierMoment) => Appointment | null): Promise<Tenure | undefined> {
    return this.changeNow(briefing, decide);
  }

  async renew(boot: string): Promise<readonly Renewed[]> {
    return this.renewNow(boot);
  }

  changeNow(briefing: string, decide: (moment: CarrierMoment) => Appointment | null): Tenure | undefined {
    const old = this.#tenures.get(briefing);
    const appointment = decide({ running: this.running.has(briefing), tenure: old });
    if (!appointment) return old;
    const { carrier, standby } = appointment;
    const [stays, stands] = [carrier?.boot === old?.carrier?.boot, standby?.boot === old?.standby?.boot];
    const tenure = {
      ...{ briefing, carrier, standby, seq: (old?.seq ?? 0) + 1 },
      epoch: old ? old.epoch + (carrier && !stays ? 1 : 0) : 1,
      carrierBeat: old && stays ? old.carrierBeat : this.#beat(),
      standbyBeat: old && stands ? old.standbyBeat : this.#beat(),
    };
    this.#tenures.set(briefing, tenure);
    return tenure;
  }

  renewNow(boot: string): readonly Renewed[] {
    for (const [briefing, tenure] of this.#tenures)
      this.#tenures.set(briefing, {
        ...tenure,
        ...(tenure.carrier?.boot === boot && { carrierBeat: this.#beat() }),
        ...(tenure.standby?.boot === boot && { standbyBeat: this.#beat() }),
      });
    return [...this.#tenures.values()].filter(({ briefing }) => this.running.has(briefing));
  }

  #beat(): string {
    this.#beats += 1;
    return String(this.#beats);
  }
}
