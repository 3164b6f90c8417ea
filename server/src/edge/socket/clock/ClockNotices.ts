import type { ClockStep } from '../../../domain/clock/ports.ts';
import type { SteadyClock } from '../../../domain/clock/SteadyClock.ts';
import { rooms } from '../channel/rooms.ts';
import { tell } from '../channel/tell.ts';
import type { ChannelContext, SliceNotices } from '../channel/types.ts';

/** AT18: pages count down by the clock as it was set. */
export class ClockNotices implements SliceNotices {
  readonly #steady: SteadyClock;
  readonly #onStepped: (step: ClockStep) => void;

  constructor({ io, now }: Pick<ChannelContext, 'io' | 'now'>, steady: SteadyClock) {
    this.#steady = steady;
    this.#onStepped = ({ briefings }) => {
      for (const { briefing } of briefings)
        tell(io.local.to(rooms.everyone(briefing)), 'clock', { briefing, now: now().toISOString() });
    };
    steady.on('stepped', this.#onStepped);
  }

  /** Whoever comes is told the clock first of all. */
  welcome(): void {}

  close(): void {
    this.#steady.off('stepped', this.#onStepped);
  }
}
