import { countryRows, tiers } from '../../src/demo/country.ts';
import { peopleOf } from '../../src/demo/people.ts';
import { planRoster } from '../../src/domain/organisation/planRoster.ts';
import type { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { PgContacts } from '../../src/store/postgres/organisation/PgContacts.ts';
import { PgUnits } from '../../src/store/postgres/organisation/PgUnits.ts';
import { openAsServer } from './serverOf.ts';
import { createDatabase } from './stores.ts';

/** Loads the country of the demo, ten thousand communes with whom to ring, where no roster is yet. */
export async function loadCountry(postgres: Postgres): Promise<PgUnits> {
  const units = new PgUnits(postgres);
  const rows = await countryRows();
  await units.change((now) => planRoster(now, tiers, now.versions.length === 0 ? rows : []));
  await new PgContacts(postgres).addFirst((await units.current()).map(peopleOf));
  return units;
}

/**
 * A database with the country, of which each test file gets a copy: it takes two seconds to load and a tenth to copy. The server has its rights
 * there, so that no copy has to give them and to seal that.
 * @returns its name, for `CREATE DATABASE … TEMPLATE`
 */
export async function makeCountry(adminUrl: string): Promise<string> {
  const { databaseUrl } = await createDatabase(adminUrl);
  const postgres = await openAsServer(databaseUrl);
  await loadCountry(postgres).finally(() => postgres.close());
  return new URL(databaseUrl).pathname.slice(1);
}
