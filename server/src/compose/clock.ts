import { COMPARE_EVERY_MS, WARN_MS } from '../domain/clock/limits.ts';
import { SteadyClock } from '../domain/clock/SteadyClock.ts';
import { ClockNotices } from '../edge/socket/clock/ClockNotices.ts';
import { sinceBoot } from '../lib/sinceBoot.ts';
import { FINE, warning } from '../observability/Conditions.ts';
import type { DatabaseClock } from '../store/postgres/base/DatabaseClock.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgClockSteps } from '../store/postgres/clock/PgClockSteps.ts';
import type { Base } from './Base.ts';
import type { Part } from './Part.ts';

/** `sinceBoot` goes in steps of 10 ms. */
const EXACT_MS = 500;

/** Compares PostgreSQL's clock with the monotonic one of this process, and says when it was set. */
export async function composeClock(
  { config, logger }: Pick<Base, 'config' | 'logger'>,
  { postgres, clock }: { readonly postgres: Postgres; readonly clock: DatabaseClock },
) {
  const steady = await SteadyClock.create({
    store: new PgClockSteps(postgres, clock),
    node: config.NODE_ID,
    elapsed: () => performance.now(),
    suspended: suspendedMs(),
  });
  let last: { readonly seconds: string; readonly at: number } | undefined;
  steady.on('stepped', ({ nr, ms, briefings }) => {
    last = { seconds: `${ms > 0 ? '+' : ''}${(ms / 1000).toFixed(1)}`, at: steady.elapsed() };
    logger.warn({ nr, ms, briefings: briefings.length }, "PostgreSQL's clock was set; it is on record");
  });
  const condition = {
    name: 'clock-steps',
    look: () =>
      last && steady.elapsed() - last.at < WARN_MS
        ? warning(
            `PostgreSQL's clock was set by ${last.seconds} s while this node ran: keep it by NTP, which does not jump`,
          )
        : FINE,
  };
  const part = {
    name: 'clock',
    notices: (channel) => new ClockNotices(channel, steady),
    sweeps: [{ name: "PostgreSQL's clock", everyMs: COMPARE_EVERY_MS, run: () => steady.look() }],
  } satisfies Part;
  return { steady, part, conditions: [condition] };
}

/** How long the machine was suspended so far, ms: `performance.now` does not count it. */
function suspendedMs(): () => number {
  const apart = () => sinceBoot() - performance.now();
  const atFirst = apart();
  let known = 0;
  return () => {
    const now = apart() - atFirst;
    if (Math.abs(now - known) > EXACT_MS) known = now;
    return known;
  };
}
