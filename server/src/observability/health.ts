/** Throws, or rejects, when the thing is not usable at the moment. */
export type HealthCheck = () => unknown;

export interface Readiness {
  readonly ready: boolean;
  /** `ok`, or the reason in words, by name of the check. */
  readonly checks: Readonly<Record<string, string>>;
  /** The same of what does not keep it from serving; absent before the first look. */
  readonly conditions?: Readonly<Record<string, string>>;
}

/** A check that does not answer within this time counts as failed. */
const CHECK_TIMEOUT_MS = 2_000;
const DRAINING = 'draining';

/** What `/readyz` asks. `/healthz` only says that the event loop turns. */
export class Health {
  readonly #checks = new Map<string, HealthCheck>();
  #draining = false;
  #looking: Promise<Readonly<Record<string, string>>> | undefined;
  #conditions: (() => Readonly<Record<string, string>>) | undefined;

  register(name: string, check: HealthCheck): void {
    this.#checks.set(name, check);
  }

  /** @param conditions what there is to say besides; it makes nobody ready or not */
  describe(conditions: () => Readonly<Record<string, string>>): void {
    this.#conditions = conditions;
  }

  /** From now on not ready, so that a balancer sends nobody here; those who are here stay. */
  drain(draining = true): void {
    this.#draining = draining;
  }

  /** IL4: strangers may ask as often as they like; however many do at once, each thing is asked once. */
  async check(): Promise<Readiness> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    const checks = { ...(await this.#looking) };
    if (this.#draining) checks.node = DRAINING;
    const ready = Object.values(checks).every((v) => v === 'ok');
    return this.#conditions ? { ready, checks, conditions: this.#conditions() } : { ready, checks };
  }

  async #look(): Promise<Readonly<Record<string, string>>> {
    const looks = [...this.#checks].map(async ([name, check]) => [name, await outcome(check)] as const);
    return Object.fromEntries(await Promise.all(looks));
  }
}

/** Everything is as it should be, but that it is being emptied: those who are here are served as ever. */
export const isOnlyDraining = ({ ready, checks: { node, ...others } }: Readiness): boolean =>
  !ready && node === DRAINING && Object.values(others).every((said) => said === 'ok');

async function outcome(check: HealthCheck): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer in ${CHECK_TIMEOUT_MS} ms`), CHECK_TIMEOUT_MS);
  });
  try {
    return await Promise.race([Promise.resolve(check()).then(() => 'ok'), late]);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
  }
}
