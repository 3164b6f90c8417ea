import { cpus } from 'node:os';

/** How much of the machine is at work, from look to look. */
export class Load {
  #gentle;
  #last;

  /** @param {{ gentle?: boolean }} what `gentle`: with the work of those that give way to all others */
  constructor({ gentle = true } = {}) {
    this.#gentle = gentle;
    this.#last = ticks(gentle);
  }

  /** @returns the share of all cores' time since the last look in which they computed; who waits for a disk or a timer does not */
  look() {
    const [before, now] = [this.#last, ticks(this.#gentle)];
    this.#last = now;
    return (now.busy - before.busy) / Math.max(1, now.all - before.all);
  }
}

function ticks(withGentle) {
  let [busy, all] = [0, 0];
  for (const { times } of cpus()) {
    const { idle, ...work } = times;
    const worked = Object.values(work).reduce((sum, ms) => sum + ms, 0);
    busy += withGentle ? worked : worked - times.nice;
    all += worked + idle;
  }
  return { busy, all };
}
