import { CATALOG_FORMAT, type Catalog } from '../../../../domain/record/catalog.ts';
import { MIGRATION_LOCK } from '../../base/Migrator.ts';
import type { Postgres, Sql } from '../../base/Postgres.ts';
import {
  type Baseline,
  differencesFrom,
  lastBaseline,
  openDifferences,
  partsOfBaseline,
  sealDifferences,
  unexplained,
  versionOf,
} from './catalogSeals.ts';
import { stampCatalog } from './readCatalog.ts';

export type CatalogState =
  | { readonly state: 'same' }
  /** By what: words for the operator. */
  | { readonly state: 'differs'; readonly words: readonly string[] }
  /** Why it could not be compared. */
  | { readonly state: 'unknown'; readonly why: string };

/** However little was written to the catalog, all of it is read again after this. */
const WHOLE_EVERY_MS = 3_600_000;
/** A migration is over by then, and nodes are of one version; else somebody may only make it seem so. */
const LONGEST_UNKNOWN_MS = 600_000;

/** AU31: holds the database against what its migrations left, again and again. Whatever is found once goes on record. */
export class CatalogWatch {
  readonly #postgres: Postgres;
  readonly #version: string;
  readonly #now: () => number;
  /** Read once: whoever alters it afterwards changes nothing here. */
  #sealed: { readonly of: Baseline; readonly parts: Catalog; readonly unexplained: readonly string[] } | undefined;
  #unknownSince: number | undefined;
  /** When all was read last and nothing differed. */
  #same: { readonly stamp: string; readonly seal: number; readonly at: number } | undefined;

  /** @param version the newest migration of this program. @param now ms, of a clock that never goes back */
  constructor(postgres: Postgres, version: string, now: () => number = () => performance.now()) {
    this.#postgres = postgres;
    this.#version = version;
    this.#now = now;
  }

  async look(): Promise<CatalogState> {
    const first = await this.#compare();
    // A month of figures may have been made between two of the questions.
    const found = first.state === 'differs' ? await this.#compare() : first;
    if (found.state === 'unknown') return this.#unknown(found.why);
    this.#unknownSince = undefined;
    if (found.state === 'differs') await this.#postgres.transaction((sql) => sealDifferences(sql, found.words));
    const words = found.state === 'differs' ? found.words : [];
    const past = (await openDifferences(this.#postgres)).find((then) =>
      then.words.some((word) => !words.includes(word)),
    );
    if (!past) return found;
    return { state: 'differs', words: [...words, `at ${past.at} it was found so: ${past.words.join('; ')}`] };
  }

  #unknown(why: string): CatalogState {
    this.#unknownSince ??= this.#now();
    const isLong = this.#now() - this.#unknownSince > LONGEST_UNKNOWN_MS;
    return isLong
      ? { state: 'differs', words: [`for ten minutes it could not be compared: ${why}`] }
      : { state: 'unknown', why };
  }

  #compare(): Promise<CatalogState> {
    return this.#postgres.transaction(async (sql) => {
      const [lock] = await sql.query<{ got: boolean }>('SELECT pg_try_advisory_xact_lock_shared($1) AS got', [
        MIGRATION_LOCK,
      ]);
      if (!lock?.got) return { state: 'unknown', why: 'the database is being migrated' };
      const version = await versionOf(sql);
      if (version !== this.#version) return { state: 'unknown', why: `the database is of another version: ${version}` };
      const words = await this.#differences(sql, await lastBaseline(sql));
      return words.length === 0 ? { state: 'same' } : { state: 'differs', words };
    });
  }

  async #differences(sql: Sql, last: Baseline | undefined): Promise<readonly string[]> {
    if (!last) return this.#whole(sql, last);
    // Before all is read: what is written meanwhile has another one the next time.
    const [stamp, at, { seal }] = [await stampCatalog(sql, last), this.#now(), last];
    const same = this.#same;
    if (same?.stamp === stamp && same.seal === seal && at - same.at < WHOLE_EVERY_MS) return [];
    const words = await this.#whole(sql, last);
    this.#same = words.length === 0 ? { stamp, seal, at } : undefined;
    return words;
  }

  async #whole(sql: Sql, last: Baseline | undefined): Promise<readonly string[]> {
    if (last?.version !== this.#version || last.format !== CATALOG_FORMAT)
      return [`no row of catalog_seals says how ${this.#version} left the database: run npm run dh -- migrate`];
    const parts = await this.#partsOf(sql, last);
    const around = await differencesFrom(sql, last, parts);
    return parts ? [...around, ...(this.#sealed?.unexplained ?? [])] : around;
  }

  async #partsOf(sql: Sql, last: Baseline): Promise<Catalog | undefined> {
    if (this.#sealed?.of.seal === last.seal) return this.#sealed.parts;
    const parts = await partsOfBaseline(sql, last);
    if (parts) this.#sealed = { of: last, parts, unexplained: await unexplained(sql) };
    return parts;
  }
}
