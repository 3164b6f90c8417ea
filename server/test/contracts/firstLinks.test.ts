import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hashSecret, newSecret } from '../../src/domain/organisation/secrets.ts';
import { migrate } from '../../src/store/postgres/base/migrate.ts';
import { Postgres } from '../../src/store/postgres/base/Postgres.ts';
import { PgAccounts } from '../../src/store/postgres/organisation/PgAccounts.ts';
import { administer } from '../support/administer.ts';
import { openSession } from '../support/openSession.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let postgres: Postgres;
let accounts: PgAccounts;
before(async () => {
  stores = await openStores();
  await migrate(stores.databaseUrl);
  postgres = await Postgres.create(stores.databaseUrl, () => undefined);
  await postgres.query(`INSERT INTO units (code) VALUES ('vn')`);
  accounts = new PgAccounts(postgres);
});
after(async () => {
  await postgres?.close();
  await stores?.close();
});

const WAYS = {
  fails: "RAISE EXCEPTION 'a test lets this step fail'",
  'loses its connection': 'PERFORM pg_terminate_backend(pg_backend_pid())',
} as const;
const STEPS = [
  ['the session', 'INSERT ON sessions'],
  ['the device', 'INSERT ON known_devices'],
  ['the link', 'UPDATE ON links'],
] as const;

/** While `work` runs, that step of every transaction goes wrong. */
async function broken(step: string, how: string, work: () => Promise<void>): Promise<void> {
  const statements = [
    `CREATE FUNCTION goes_wrong() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${how}; RETURN NEW; END $$`,
    `CREATE TRIGGER goes_wrong AFTER ${step} FOR EACH ROW EXECUTE FUNCTION goes_wrong()`,
  ];
  for (const statement of statements) await administer(stores.databaseUrl, statement);
  try {
    await work();
  } finally {
    await administer(stores.databaseUrl, 'DROP FUNCTION goes_wrong CASCADE');
  }
}

for (const [name, step] of STEPS)
  for (const [what, how] of Object.entries(WAYS))
    test(`LK4 a link stays as it was when ${name} ${what}, and opens afterwards`, async () => {
      const { id: account } = await accounts.create({ name: 'Quản trị', role: 'operator', unit: 'vn' });
      const [secret, ordinary] = [newSecret(), newSecret()];
      const links = [
        await accounts.addLink(account, hashSecret(secret), { seconds: 60 }),
        await accounts.addLink(account, hashSecret(ordinary)),
      ];
      const enter = async (link: string, device: string) =>
        (await openSession(postgres, { account, link, device, remember: true })).opening;
      await broken(step, how, async () => {
        for (const link of links) await assert.rejects(enter(link, 'lost'));
      });
      const [left] = await postgres.query<{ sessions: number; devices: number; bound: number }>(
        `SELECT (SELECT count(*)::int FROM sessions WHERE account = $1) AS sessions,
           (SELECT count(*)::int FROM known_devices WHERE account = $1) AS devices,
           (SELECT count(*)::int FROM links WHERE account = $1 AND bound_device IS NOT NULL) AS bound`,
        [account],
      );
      assert.deepEqual(left, { sessions: 0, devices: 0, bound: 0 });
      assert.deepEqual([await enter(links[0] ?? '', 'new'), await enter(links[1] ?? '', 'new')], ['opened', 'opened']);
      assert.deepEqual(
        [await enter(links[0] ?? '', 'new'), await enter(links[1] ?? '', 'lost')],
        ['link-over', 'link-used'],
      );
    });

test('LK4 a browser that is in already keeps its session; when that ended meanwhile, it gets another', async () => {
  const { id: account } = await accounts.create({ name: 'Quản trị', role: 'operator', unit: 'vn' });
  const { id: kept } = await openSession(postgres, { account, device: 'd' });
  const use = async () => {
    const link = await accounts.addLink(account, hashSecret(newSecret()), { seconds: 60 });
    return (await openSession(postgres, { account, link, device: 'd', kept })).opening;
  };
  assert.equal(await use(), 'kept');
  await postgres.query('UPDATE sessions SET ended_at = clock_timestamp() WHERE id = $1', [kept]);
  assert.equal(await use(), 'opened');
});
