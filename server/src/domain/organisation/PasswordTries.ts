import type { Limiter } from './ports.ts';

export interface TryLimits {
  /** Wrong passwords from one network. */
  readonly wrongHere: Limiter;
  /** Wrong passwords of one login from one network, from one device that it knows, and from all others together. */
  readonly loginHere: Limiter;
  readonly device: Limiter;
  readonly login: Limiter;
}

/** Who tries a password, and from where. */
export interface PasswordTry {
  readonly login: string;
  readonly network: string;
  /** Only one that has signed in to the account before. */
  readonly knownDevice: string | undefined;
}

/** PW1–PW3: how many wrong passwords are looked at. A known device has tries that nobody else can use up. */
export class PasswordTries {
  readonly #limits: TryLimits;

  constructor(limits: TryLimits) {
    this.#limits = limits;
  }

  /**
   * Takes a try before the password is looked at, so that those of the same moment count as well.
   * @returns gives it back to who knows the password
   * @throws DomainError `rate-limited`
   */
  async take(asked: PasswordTry): Promise<() => Promise<void>> {
    const taken: Budget[] = [];
    const giveBack = async () => {
      for (const [limiter, key] of taken) await limiter.giveBack(key);
    };
    try {
      for (const budget of this.#budgetsOf(asked)) {
        await budget[0].consume(budget[1]);
        taken.push(budget);
      }
      return giveBack;
    } catch (error) {
      await giveBack();
      throw error;
    }
  }

  #budgetsOf({ login, network, knownDevice }: PasswordTry): readonly Budget[] {
    const { wrongHere, loginHere, device, login: anywhere } = this.#limits;
    if (knownDevice !== undefined) return [[device, `${login}@${knownDevice}`]];
    return [
      [wrongHere, network],
      [loginHere, `${login}@${network}`],
      [anywhere, login],
    ];
  }
}

type Budget = readonly [limiter: Limiter, key: string];
