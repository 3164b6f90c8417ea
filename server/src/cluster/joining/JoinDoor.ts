import { networkOf } from '../../lib/networkOf.ts';
import { RateLimits } from '../../lib/RateLimits.ts';
import { refuse, tooOften } from '../../protocol/errors.ts';
import type { ClusterJoinAnswer, ClusterJoinAsk } from '../../protocol/joining.ts';
import { answering, provenSecret } from './seal.ts';

/** NJ5: of one network. A machine that joins asks once at each of its starts. */
const ASKED = { perSecond: 0.2, burst: 20 } as const;

export interface JoinDoorParts {
  /** Of the cluster; the first signs. */
  readonly secrets: readonly string[];
  /** What a node is told that may join, read anew each time; undefined: nobody may. */
  readonly told: (() => Promise<string>) | undefined;
  /** ms of a clock that only goes forward */
  readonly now?: (() => number) | undefined;
}

/** NJ2, NJ5: lets machines join that prove that they know the secret. */
export class JoinDoor {
  readonly #parts: JoinDoorParts;
  readonly #limits: RateLimits;

  constructor(parts: JoinDoorParts) {
    this.#parts = parts;
    this.#limits = new RateLimits(ASKED, parts.now);
  }

  /** @throws DomainError `rate-limited`, `forbidden`, `conflict` */
  async admit(ask: ClusterJoinAsk, address: string): Promise<ClusterJoinAnswer> {
    const wait = this.#limits.take(networkOf(address));
    if (wait > 0) throw tooOften('this network has asked to join too often', wait);
    const { secrets, told } = this.#parts;
    const secret = provenSecret(secrets, ask);
    if (secret === undefined) throw unknown();
    if (told === undefined)
      throw refuse(
        'conflict',
        'its PostgreSQL and Redis answer on a socket of its own machine alone: start it with npm start -- --share ADDRESS',
      );
    const answer = answering(secret, ask, await told());
    if (answer === undefined) throw unknown();
    return answer;
  }
}

const unknown = () => refuse('forbidden', 'they do not know the secret of this cluster: bring its file from this node');
