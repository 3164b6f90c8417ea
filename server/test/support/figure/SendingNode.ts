import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Units } from '../../../src/domain/organisation/Units.ts';
import { Postgres } from '../../../src/store/postgres/base/Postgres.ts';
import { PgUnits } from '../../../src/store/postgres/organisation/PgUnits.ts';
import { dh } from '../dh.ts';
import { databaseEnv } from '../serverOf.ts';
import { TestNode } from '../TestNode.ts';

export const DAY_MS = 86_400_000;
/** How figures are sent, as data owners read it. */
export const guide: string = await readFile(new URL('../../../../docs/figures/sending.md', import.meta.url), 'utf8');

export interface Sending {
  readonly as?: string | undefined;
  readonly type?: string;
  readonly packed?: boolean;
  readonly query?: Record<string, string>;
  readonly path?: string;
}
export type Line = readonly [indicator: string, unit: string, period: string, value: string | number, status?: string];

export const csv = (...lines: readonly Line[]): string =>
  ['indicator,unit,period,value,status', ...lines.map((line) => [...line, ''].slice(0, 5).join(','))].join('\n');

interface Parts {
  readonly node: TestNode;
  readonly postgres: Postgres;
  readonly folder: string;
  readonly units: readonly string[];
  readonly elsewhere: string;
}

/** A server to which the Ministry of Health and a province send figures, by the definition that stands in the guide. */
export class SendingNode {
  readonly node: TestNode;
  readonly postgres: Postgres;
  readonly folder: string;
  /** Base units: some of the province 79, and one elsewhere. */
  readonly units: readonly string[];
  readonly elsewhere: string;
  /** Keys of a source of the country, and of one of a province. */
  key = '';
  provinceKey = '';
  #days = 0;

  private constructor({ node, postgres, folder, units, elsewhere }: Parts) {
    this.node = node;
    this.postgres = postgres;
    this.folder = folder;
    this.units = units;
    this.elsewhere = elsewhere;
  }

  static async create(): Promise<SendingNode> {
    const node = await TestNode.create();
    const postgres = await Postgres.create(node.stores.databaseUrl, () => undefined, 1);
    const { index } = await Units.create(new PgUnits(postgres));
    const units = index.baseUnits(['vn.79']).map(({ code }) => code);
    const elsewhere = index.baseUnits(['vn.01'])[0]?.code ?? '';
    await postgres.query(`INSERT INTO units SELECT 'closed-1' FROM (SELECT 1) one`);
    const folder = await mkdtemp(join(tmpdir(), 'dh-figures-'));
    const sending = new SendingNode({ node, postgres, folder, units, elsewhere });
    try {
      await sending.#define();
    } catch (error) {
      await sending.close();
      throw error;
    }
    return sending;
  }

  async #define(): Promise<void> {
    const [, definition = ''] = /```json\n(\{\n {2}"code": "beds-free"[\s\S]+?)```/.exec(guide) ?? [];
    const hourly = { ...JSON.parse(definition), code: 'cases', kind: 'cumulative', scale: 1, bounds: undefined };
    const file = join(this.folder, 'indicators.json');
    await writeFile(file, JSON.stringify([JSON.parse(definition), hourly, { ...hourly, code: 'tests' }]));
    assert.equal(await this.figures('indicator', 'add', file), 'beds-free\ncases\ntests');
    assert.match(await this.figures('indicator', 'add', file), /^beds-free is as it was$/m);
    const whole = ['--name', 'Bộ Y tế', '--root', 'vn', '--indicators', 'beds-free,cases', '--rank', '2'];
    await this.figures('source', 'add', 'moh', ...whole);
    await this.figures('source', 'add', 'hcmc', '--name', 'Sở Y tế', '--root', '79', '--indicators', 'beds-free');
    this.key = await this.figures('source', 'key', 'moh');
    this.provinceKey = await this.figures('source', 'key', 'hcmc');
  }

  /** `dh figures` with its store. @returns what it printed */
  async figures(...args: string[]): Promise<string> {
    const { status, out, err } = await dh('figures/main', args, databaseEnv(this.node.stores.databaseUrl));
    assert.equal(status, 0, err);
    return out.trim();
  }

  /** `dh figures readers` with its store. */
  readers(...args: string[]): ReturnType<typeof dh> {
    return dh('figures/readers', args, databaseEnv(this.node.stores.databaseUrl));
  }

  async send(
    body: string | Uint8Array,
    { as = this.key, type = 'text/csv', packed = false, query, path = '' }: Sending = {},
  ) {
    const response = await fetch(
      `${this.node.url}/api/figures/batches${path}?${new URLSearchParams({ key: randomUUID(), ...query })}`,
      {
        method: 'POST',
        headers: { authorization: `Bearer ${as}`, 'content-type': type, ...(packed && { 'content-encoding': 'gzip' }) },
        body: packed ? gzipSync(body) : Buffer.from(body as string),
      },
    );
    const text = await response.text();
    // biome-ignore lint/suspicious/noExplicitAny: tests look at any field of an answer
    const answer: any = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text;
    return { status: response.status, answer };
  }

  /** A period that no other test writes. */
  day(): string {
    this.#days += 1;
    return new Date(Date.now() - (this.#days + 9) * DAY_MS).toISOString().slice(0, 10);
  }

  unit(nr: number): string {
    return this.units[nr] ?? '';
  }

  async recorded() {
    const [row] = await this.postgres.query<{ rows: number; n: number }>(
      'SELECT (SELECT count(*)::int FROM observations) AS rows, n::int FROM figure_counter',
    );
    return row;
  }

  async close(): Promise<void> {
    await this.postgres.close();
    await this.node.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
