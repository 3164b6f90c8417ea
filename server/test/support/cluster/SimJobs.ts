import type { JobDefinition, Jobs, RegisteredJob } from '../../../src/jobs/Jobs.ts';
import type { Chance } from './Chance.ts';
import type { Place } from './Faults.ts';
import type { VirtualTime } from './VirtualTime.ts';

interface Employer {
  readonly time: VirtualTime;
  readonly places: readonly Place[];
}

/** Wakers of all nodes: any of them does a job, and some are lost with Redis, late, or done twice. */
export class SimJobs implements Pick<Jobs, 'wake'> {
  readonly #employer: Employer;
  readonly #chance: Chance;

  constructor(employer: Employer, chance: Chance) {
    this.#employer = employer;
    this.#chance = chance;
  }

  wake({ name }: JobDefinition, _id: string, data: unknown, delayMs: number): void {
    const chance = this.#chance;
    const { time, places } = this.#employer;
    const times = chance.is(0.2) ? 0 : chance.is(0.1) ? 2 : 1;
    for (let i = 0; i < times; i++)
      time.later(Math.max(0, delayMs) + 20 + (chance.is(0.1) ? chance.between(0, 5_000) : 0), () => {
        const { node } = chance.one(places);
        const job = node?.jobs.find(({ definition }: RegisteredJob) => definition.name === name);
        if (node && job) time.after(0, () => void job.handler(data).catch(() => undefined), node.process);
      });
  }
}
