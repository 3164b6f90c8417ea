import { Gauge, type Registry } from 'prom-client';
import type { Logger } from './logger.ts';

/** `unknown`: this machine has nothing by which it could be known. */
export type Finding = { readonly state: 'fine' } | { readonly state: 'warning' | 'unknown'; readonly says: string };

/** Something around the server that does not keep it from serving, and is to be mended before it hurts. */
export interface Condition {
  readonly name: string;
  readonly look: () => Finding | Promise<Finding>;
}

export const FINE: Finding = { state: 'fine' };
export const warning = (says: string): Finding => ({ state: 'warning', says });
export const unknown = (says: string): Finding => ({ state: 'unknown', says });

const VALUES = { fine: 1, warning: 0, unknown: -1 } as const;

/** Looks at all conditions, says in the log what has changed, and keeps it for `/readyz` and the metrics. */
export class Conditions {
  readonly #conditions: readonly Condition[];
  readonly #log: Logger;
  readonly #found = new Map<string, Finding>();
  readonly #gauge: Gauge<'condition'>;

  constructor(conditions: readonly Condition[], log: Logger, registry: Registry) {
    this.#conditions = conditions;
    this.#log = log;
    this.#gauge = new Gauge({
      name: 'dh_condition',
      help: 'What the server stands on: 1 fine, 0 to be mended before it hurts, -1 cannot be known here.',
      labelNames: ['condition'],
      registers: [registry],
    });
  }

  /** One that fails is unknown, and says why. @param only of that name; undefined: all */
  async look(only?: string): Promise<void> {
    await Promise.all(
      this.#conditions
        .filter(({ name }) => only === undefined || name === only)
        .map(async ({ name, look }) => {
          const finding = await Promise.resolve()
            .then(look)
            .catch((error: unknown) => unknown(error instanceof Error ? error.message : String(error)));
          this.#tell(name, finding);
        }),
    );
  }

  /** `ok`, or what is to be mended, by name. */
  get said(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#found].map(([name, finding]) => [name, textOf(finding)]));
  }

  #tell(name: string, finding: Finding): void {
    this.#gauge.set({ condition: name }, VALUES[finding.state]);
    const before = this.#found.get(name);
    this.#found.set(name, finding);
    if (before !== undefined && textOf(before) === textOf(finding)) return;
    const fields = { condition: name };
    if (finding.state === 'warning') this.#log.warn(fields, finding.says);
    else if (finding.state === 'unknown') this.#log.info(fields, finding.says);
    else if (before?.state === 'warning') this.#log.info(fields, 'this is mended');
  }
}

const textOf = (finding: Finding): string => (finding.state === 'fine' ? 'ok' : `${finding.state}: ${finding.says}`);
