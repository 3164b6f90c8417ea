import { type DemoLink, loadDemo } from '../../src/demo/loadDemo.ts';
import type { DemoTreeName } from '../../src/demo/trees.ts';
import { Briefings } from '../../src/domain/briefing/Briefings.ts';
import { Lists } from '../../src/domain/organisation/Lists.ts';
import { Units } from '../../src/domain/organisation/Units.ts';
import type { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { PgBriefings } from '../../src/store/postgres/briefing/PgBriefings.ts';
import { PgAccounts } from '../../src/store/postgres/organisation/PgAccounts.ts';
import { PgContacts } from '../../src/store/postgres/organisation/PgContacts.ts';
import { PgInstallation } from '../../src/store/postgres/organisation/PgInstallation.ts';
import { PgUnits } from '../../src/store/postgres/organisation/PgUnits.ts';
import { openAsServer } from './serverOf.ts';

const unused = () => {
  throw new Error('the demo lets nobody in');
};

/** What `loadDemo` works on, without a node: rooms of an open briefing are made by the server that starts later. */
export async function demoParts(postgres: Postgres, publicUrl: string, DATA_DIR: string) {
  const unitStore = new PgUnits(postgres);
  const units = await Units.create(unitStore);
  const accountStore = new PgAccounts(postgres);
  const briefings = new Briefings({
    clock: { look: async () => undefined },
    store: new PgBriefings(postgres),
    units,
    lists: new Lists(unitStore, units),
    accounts: accountStore,
    stage: { open: async () => undefined, close: async () => undefined },
    removed: { has: async () => false },
    tokens: { issue: unused },
    placeOf: () => publicUrl,
    // No node runs yet, so none is asked.
    fitOf: (devices) => ({
      ...{ verdict: 'unknown', devices, nodes: 0, carries: 0, withoutLargest: 0, missing: 0, short: [] },
    }),
    turns: { enter: unused },
    media: { iceServers: [], camera: [], screen: [] },
    failed: (error) => {
      throw error;
    },
  });
  return { units, unitStore, accountStore, contactStore: new PgContacts(postgres), briefings, publicUrl, DATA_DIR };
}

/**
 * The people, the briefing and the links of the demo in a database of a test, which is a real installation: so it may
 * be served with any settings, by any number of nodes.
 */
export async function seedDemo(
  databaseUrl: string,
  publicUrl: string,
  folder: string,
  DEMO_TREE?: DemoTreeName,
): Promise<readonly DemoLink[]> {
  const postgres = await openAsServer(databaseUrl);
  try {
    await new PgInstallation(postgres).declare('real');
    return await loadDemo({ ...(await demoParts(postgres, publicUrl, folder)), DEMO_TREE });
  } finally {
    await postgres.close();
  }
}
