import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Scenario, ScenarioBatch } from '../../server/src/demo/figure/scenario.ts';
import { hashOfKey, newSourceKey } from '../../server/src/domain/figure/SourceKeys.ts';
import { type BatchAnswer, batchAnswerSchema } from '../../server/src/protocol/figureBatch.ts';
import type { Postgres } from '../../server/src/store/postgres/base/Postgres.ts';
import { PgFigureDefinitions } from '../../server/src/store/postgres/figure/PgFigureDefinitions.ts';
import { PgSourceKeys } from '../../server/src/store/postgres/figure/PgSourceKeys.ts';

/** On record as an act of the command line. */
const BY = { account: null, name: 'dh figures simulate' };
/** Before what got no answer is sent again, under its key. */
const AGAIN_MS = 2_000;

/** The sources of a scenario, each with a key of its own, which send to a server as platforms do. */
export class Platforms {
  readonly #url: string;
  readonly #keys: ReadonlyMap<string, string>;
  readonly #store: PgSourceKeys;

  private constructor(url: string, keys: ReadonlyMap<string, string>, store: PgSourceKeys) {
    this.#url = url;
    this.#keys = keys;
    this.#store = store;
  }

  /** Defines what the scenario needs, where it is not there. */
  static async create(url: string, { indicators, sources }: Scenario, postgres: Postgres): Promise<Platforms> {
    const [definitions, store] = [new PgFigureDefinitions(postgres), new PgSourceKeys(postgres)];
    for (const { version: _, ...indicator } of indicators) await definitions.putIndicator(indicator, BY);
    const keys = new Map<string, string>();
    for (const source of sources) {
      await definitions.putSource(source, BY);
      const key = newSourceKey();
      await store.add(source.code, hashOfKey(key));
      keys.set(source.code, key);
    }
    return new Platforms(url, keys, store);
  }

  /** Sends until there is an answer. @throws Error with what was said when it was refused */
  async send({ source, key, rows, reason }: ScenarioBatch): Promise<BatchAnswer> {
    const query = new URLSearchParams({ key, ...(reason !== undefined && { reason }) });
    const asked = {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.#keys.get(source)}`,
        ...{ 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' },
      },
      body: gzipSync(rows.map((row) => `${JSON.stringify(row)}\n`).join('')),
    };
    for (;;) {
      const response = await fetch(`${this.#url}/api/figures/batches?${query}`, asked).catch(() => undefined);
      if (response?.ok) return batchAnswerSchema.parse(await response.json());
      if (response && response.status < 500 && response.status !== 429)
        throw new Error(`${source} was refused: ${await response.text()}`);
      await response?.body?.cancel();
      await wait(Math.max(AGAIN_MS, 1000 * Number(response?.headers.get('retry-after') ?? 0)));
    }
  }

  /** No key is good any more. */
  async close(): Promise<void> {
    for (const source of this.#keys.keys()) await this.#store.withdraw(source, 0);
  }
}
