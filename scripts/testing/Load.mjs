import { cpus } from 'node:os';

/** How much of the machine is at work, from look to look. */
export class Load {
  #last = ticks();

  /** @returns the share of all cores' time since the last look in which they computed; who waits for a disk or a timer does not */
  look() {
    const [before, now] = [this.#last, ticks()];
    this.#last = now;
    return (now.busy - before.busy) / Math.max(1, now.all - before.all);
  }
}

function ticks() {
  let [busy, all] = [0, 0];
  for (const { times } of cpus()) {
    const { idle, ...work } = times;
    const worked = Object.values(work).reduce((sum, ms) => sum + ms, 0);
    busy += worked;
    all += worked + idle;
  }
  return { busy, all };
}
