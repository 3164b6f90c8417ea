import { until } from './until.ts';

/** Every event that a client emitted, in order; so a test may ask for one that came before it asked. */
export class EventLog<Args extends readonly unknown[] = readonly unknown[]> {
  readonly all: { readonly name: string; readonly args: Args; readonly at: number }[] = [];

  add(name: string, args: Args): void {
    this.all.push({ name, args, at: performance.now() });
  }

  /** Position to count from: `log.saw(name, {since: log.mark})` sees only what comes after now. */
  get mark(): number {
    return this.all.length;
  }

  of(name: string, since = 0): Args[] {
    return this.all.slice(since).flatMap((event) => (event.name === name ? [event.args] : []));
  }

  saw(
    name: string,
    options: { since?: number; ms?: number | undefined; where?: (...args: Args) => boolean } = {},
  ): Promise<Args> {
    const { since = 0, ms, where = () => true } = options;
    return until(`event ${name}`, () => this.of(name, since).find((args) => where(...args)), ms);
  }
}
