import { RateLimit } from '../../lib/RateLimit.ts';
import { RateLimits } from '../../lib/RateLimits.ts';
import { DomainError, tooOften } from '../../protocol/errors.ts';
import { LINE_BYTES } from '../../protocol/limits.ts';

/** HT11: what one session, and all of this node together, may measure with. */
export class LineBudget {
  readonly #sessions: RateLimits;
  readonly #node: RateLimit;

  constructor(now?: () => number) {
    const { session, node } = LINE_BYTES;
    this.#sessions = new RateLimits(session, now);
    this.#node = new RateLimit(node.perSecond, node.burst, now);
  }

  /** @throws DomainError `rate-limited` for the session, `busy` for the node; each with when to come again */
  spend(session: string, bytes: number): void {
    // A request costs something however little it asks for.
    const counted = Math.max(LINE_BYTES.least, bytes);
    const nodeWait = this.#node.wait(counted);
    if (nodeWait > 0) throw busy(nodeWait);
    const wait = this.#sessions.take(session, counted);
    if (wait > 0) throw tooOften('this line was measured often in the last minutes', wait);
    this.#node.take(counted);
  }
}

const busy = (ms: number): DomainError =>
  new DomainError('busy', 'many measure their lines at this moment', { retryAfterSeconds: Math.ceil(ms / 1000) });
