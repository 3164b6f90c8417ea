import { readFile } from 'node:fs/promises';
import { planRoster } from '../../server/src/domain/organisation/planRoster.ts';
import { parseRoster, parseTiers } from '../../server/src/domain/organisation/rosterCsv.ts';
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
  const change = await new PgUnits(postgres).change((now) => {
    const plan = planRoster(now, tiers, rows);
    return check
      ? { ...plan, tiers: [], added: [], ended: [], closed: [], contacts: [], planned: plan }
      : { ...plan, planned: plan };
  });
  const { added, ended, closed, contacts } = change.planned;
  const opened = added.length - (ended.length - closed.length);
  const rung = contacts.length > 0 ? `, contacts of ${contacts.length} changed` : '';
  return `${opened} opened, ${ended.length - closed.length} changed, ${closed.length} closed${rung}`;
}
