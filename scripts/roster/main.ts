/** Writes the roster to a CSV file, or takes changes from one. usage: npm run dh -- roster import|export|successors FILE */
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { formatRoster, parseSuccessors, parseUnits } from '../../server/src/domain/organisation/rosterCsv.ts';
import { successorFaults } from '../../server/src/domain/organisation/successors.ts';
import { replaceSuccessors, withdrawSuccessors } from '../../server/src/store/postgres/organisation/PgSuccessors.ts';
import { PgUnits } from '../../server/src/store/postgres/organisation/PgUnits.ts';
import { importRoster } from '../support/importRoster.ts';
import { runCommand, withDatabase } from '../support/openDatabase.ts';

const usage = `usage: npm run dh -- roster export [FILE]
       npm run dh -- roster import FILE [--tiers TIERS.csv] [--check]
       npm run dh -- roster successors FILE [--withdraw]

FILE is CSV in UTF-8 with the columns code, parent, tier, name, valid_from, valid_to. A row opens a unit, begins a new version of
it on valid_from, or (with valid_to) closes it for ever. Units that the file does not name stay as they are. The whole file is
checked before anything is written; --check only checks. TIERS.csv has id, rank, name, name_en.
It may have whom to ring: telephone, then person_1_name, person_1_title, person_1_telephone, person_1_deputy (x), person_2_name and
so on. What stands in these columns takes the place of what the unit had; without them, that stays.
The file of successors is CSV with the columns unit, successor, share: what a closed unit reported counts on today's map at those
that took its place, by their shares of it (1 where there is no such column). It takes the place of what these units had.
With --withdraw nobody took the place of the units in its column unit after all: what was told of them is taken back.
A running server takes the change within seconds.`;

runCommand(usage, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      tiers: { type: 'string' },
      check: { type: 'boolean', default: false },
      withdraw: { type: 'boolean', default: false },
    },
  });
  const [act, file] = positionals;
  if (act === 'export') await exportTo(file);
  else if (act === 'import' && file) await importFrom(file, values.tiers, values.check);
  else if (act === 'successors' && file) await (values.withdraw ? takeBackSuccessors(file) : takeSuccessors(file));
  else throw new Error(usage);
});

async function exportTo(file: string | undefined): Promise<void> {
  const text = await withDatabase(async (postgres) => {
    const units = new PgUnits(postgres);
    return formatRoster(await units.current(), await units.contacts());
  });
  if (file === undefined) process.stdout.write(text);
  else await writeFile(file, text);
}

async function importFrom(roster: string, tiers: string | undefined, check: boolean): Promise<void> {
  const done = await withDatabase((postgres) => importRoster(postgres, { roster, tiers }, check));
  console.log(`${check ? 'would be' : 'done'}: ${done}`);
}

async function takeSuccessors(file: string): Promise<void> {
  const rows = parseSuccessors(await readFile(file, 'utf8'));
  await withDatabase((postgres) =>
    replaceSuccessors(postgres, { file: basename(file), rows }, (versions) => successorFaults(versions, rows)),
  );
  console.log(`done: successors of ${new Set(rows.map(({ unit }) => unit)).size} units`);
}

async function takeBackSuccessors(file: string): Promise<void> {
  const units = parseUnits(await readFile(file, 'utf8'));
  await withDatabase((postgres) => withdrawSuccessors(postgres, { file: basename(file), units }));
  console.log(`done: nobody takes the place of ${units.length} units any more`);
}
