import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { importedAct, rootOf } from '../../server/src/domain/organisation/importedAct.ts';
import { planRoster } from '../../server/src/domain/organisation/planRoster.ts';
import type { RosterChange } from '../../server/src/domain/organisation/roster.ts';
import { parseRoster, parseTiers } from '../../server/src/domain/organisation/rosterCsv.ts';
import { planHash, rosterDifference } from '../../server/src/domain/organisation/rosterDifference.ts';
import type { RosterCounts } from '../../server/src/protocol/rosterImport.ts';
import type { Postgres } from '../../server/src/store/postgres/base/Postgres.ts';
import { PgUnits } from '../../server/src/store/postgres/organisation/PgUnits.ts';

/** Files of a roster, as `dh roster import` describes them. */
export interface RosterFiles {
  readonly roster: string;
  readonly tiers?: string | undefined;
}

/** Takes the roster in, or only looks whether it could be. @returns what it does, in words */
export async function importRoster(postgres: Postgres, files: RosterFiles, check = false): Promise<string> {
  const rows = parseRoster(await readFile(files.roster, 'utf8'));
  const tiers = files.tiers === undefined ? [] : parseTiers(await readFile(files.tiers, 'utf8'));
  const named = [files.roster, files.tiers].flatMap((file) => (file === undefined ? [] : basename(file))).join(', ');
  let said = '';
  let counts: RosterCounts = { opened: 0, changed: 0, moved: 0, closed: 0, contacts: 0, tiers: 0, along: 0 };
  const by = { account: null, unit: '', act: (change: RosterChange) => importedAct(named, planHash(change), counts) };
  await new PgUnits(postgres).change((now) => {
    const change = planRoster(now, tiers, rows);
    ({ counts } = rosterDifference(now, change));
    by.unit = rootOf(now, change) ?? '';
    said = wordsOf(change);
    return check ? { ...change, tiers: [], added: [], ended: [], closed: [], contacts: [] } : change;
  }, by);
  return said;
}

function wordsOf({ added, ended, closed, contacts }: RosterChange): string {
  const opened = added.length - (ended.length - closed.length);
  const rung = contacts.length > 0 ? `, contacts of ${contacts.length} changed` : '';
  return `${opened} opened, ${ended.length - closed.length} changed, ${closed.length} closed${rung}`;
}
