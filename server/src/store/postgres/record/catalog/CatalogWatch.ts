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
  versionOf,
} from './catalogSeals.ts';

export type Watched =
  | { readonly state: 'same' }
  /** By what: words for the operator. */
  | { readonly state: 'differs'; readonly words: readonly string[] }
  /** Why it could not be compared. */
  | { readonly state: 'unknown'; readonly why: string };

/** AU31: holds the database against what its migrations left, again and again. Whatever is found once goes on record. */
export class CatalogWatch {
  readonly #postgres: Postgres;
  /** Read once: whoever alters it afterwards changes nothing here. */
  #sealed: { readonly of: Baseline; readonly parts: Catalog } | undefined;

  constructor(postgres: Postgres) {
    this.#postgres = postgres;
  }

  async look(): Promise<Watched> {
    const first = await this.#compare();
    // A month of figures may have been made between two of the questions.
    const found = first.state === 'differs' ? await this.#compare() : first;
    if (found.state === 'unknown') return found;
    if (found.state === 'differs') await this.#postgres.transaction((sql) => sealDifferences(sql, found.words));
    const open = await openDifferences(this.#postgres);
    if (open.length === 0) return found;
    const words = found.state === 'differs' ? found.words : [];
    const undone = open.filter(({ words: then }) => then.some((word) => !words.includes(word)));
    const past = undone.slice(0, 1).map(({ at, words: then }) => `at ${at} it was found so: ${then.join('; ')}`);
    return { state: 'differs', words: [...words, ...past] };
  }

  #compare(): Promise<Watched> {
    return this.#postgres.transaction(async (sql) => {
      const [lock] = await sql.query<{ got: boolean }>('SELECT pg_try_advisory_xact_lock_shared($1) AS got', [
        MIGRATION_LOCK,
      ]);
      if (!lock?.got) return { state: 'unknown', why: 'the database is being migrated' };
      const last = await lastBaseline(sql);
      if (!last)
        return {
          state: 'unknown',
          why: 'nothing says how its migrations left the database: run npm run dh -- migrate',
        };
      if (last.format !== CATALOG_FORMAT || last.version !== (await versionOf(sql)))
        return { state: 'unknown', why: 'another version of this program has sealed how the database is' };
      const words = await differencesFrom(sql, last, await this.#partsOf(sql, last));
      return words.length === 0 ? { state: 'same' } : { state: 'differs', words };
    });
  }

  async #partsOf(sql: Sql, last: Baseline): Promise<Catalog | undefined> {
    if (this.#sealed?.of.seal === last.seal) return this.#sealed.parts;
    const parts = await partsOfBaseline(sql, last);
    if (parts) this.#sealed = { of: last, parts };
    return parts;
  }
}
