import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reservedIn } from '../domain/organisation/reservedTitles.ts';
import { isName } from '../protocol/name.ts';
import { countryRows, tiers } from './country.ts';

test('NM1 NM2 NM4 every unit of the country has a name that is taken', async () => {
  const rows = await countryRows();
  const refused = rows.filter(({ name, tier }) => !isName(name) || reservedIn(name, tier, tiers) !== undefined);
  assert.deepEqual(
    refused.map(({ name }) => name),
    [],
  );
});
