/** Makes the outlines of provinces that the program ships with. usage: npm run dh -- figures country [--check] */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runCommand } from '../support/openDatabase.ts';
import { shippedCountry } from './country/shippedCountry.ts';

const usage = `usage: npm run dh -- figures country [--check]

Makes server/src/domain/figure/borders/country/provinces.borders.json from scripts/figures/country: outlines of the 63 provinces, of Hoàng Sa
and Trường Sa, where dense regions are enlarged, and which of them make up each of the 34 provinces.

--check   writes nothing, and fails where the file is not what would be made`;
const FILE = new URL('../../server/src/domain/figure/borders/country/provinces.borders.json', import.meta.url);

runCommand(usage, async () => {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  const made = `${JSON.stringify(shippedCountry())}\n`;
  if (!values.check) writeFileSync(FILE, made);
  else if (readFileSync(FILE, 'utf8') !== made) throw new Error(`${FILE.pathname} is not what would be made`);
});
