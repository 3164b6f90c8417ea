import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { planRoster } from '../../../src/domain/organisation/planRoster.ts';
import { hashSecret, newSecret } from '../../../src/domain/organisation/secrets.ts';
import { Postgres } from '../../../src/store/postgres/base/Postgres.ts';
import { PgAccounts } from '../../../src/store/postgres/organisation/PgAccounts.ts';
import { PgUnits } from '../../../src/store/postgres/organisation/PgUnits.ts';
import { BrowserLike, TestNode } from '../../support/TestNode.ts';

/** Units and accounts come by another process, as from the command line: no node has read them when the link is opened. */
let one: TestNode;
let two: TestNode;
let postgres: Postgres;
before(async () => {
  one = await TestNode.create({ ALLOW_SECOND_NODE: '1' });
  const { databaseUrl, redisUrl } = one.stores;
  const more = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, DEMO: '0', NODE_ID: 'two' };
  two = await TestNode.create({ ...more, ALLOW_SECOND_NODE: '1' });
  postgres = await Postgres.create(databaseUrl, () => undefined);
});
after(async () => {
  await postgres?.close();
  await two?.close();
  await one?.close();
});

const write = (code: string, validTo: string | null) =>
  new PgUnits(postgres).change((now) =>
    planRoster(
      now,
      [],
      [
        {
          line: 2,
          code,
          parent: '760',
          tier: 'commune',
          name: `Phường ${code}`,
          validFrom: '2021-01-01',
          validTo,
        },
      ],
    ),
  );

/** A unit that was opened a moment ago, with an account and its first link. */
async function newUnit(code: string, validTo: string | null = null): Promise<string> {
  await write(code, validTo);
  const accounts = new PgAccounts(postgres);
  const { id } = await accounts.create({ name: `UBND Phường ${code}`, role: 'seat', unit: code });
  const secret = newSecret();
  await accounts.addLink(id, hashSecret(secret), { seconds: 60 });
  return secret;
}

for (const [i, which] of ['one', 'the other'].entries())
  test(`IN4 LK4 the first link of a new unit opens at once, at ${which} of two nodes`, async () => {
    const secret = await newUnit(`9990${i}`);
    const browser = new BrowserLike([one, two][i]?.url ?? '');
    const signed = await browser.post('/api/session/link', { secret });
    assert.deepEqual([signed.status, signed.body.account?.unit?.code], [200, `9990${i}`], JSON.stringify(signed.body));
    browser.session = signed.body.session;
    assert.equal((await browser.get('/api/session')).status, 200);
    const other = await new BrowserLike([two, one][i]?.url ?? '').post('/api/session/link', { secret });
    assert.deepEqual([other.status, other.body.error?.reason], [403, 'link-over']);
  });

test('LK5 whose unit left the tree is told so, and the link is not used up by that', async () => {
  // No node ever read it as a unit of today, which it may by itself within seconds.
  const secret = await newUnit('99909', '2021-06-01');
  const browser = new BrowserLike(two.url);
  for (let tries = 0; tries < 2; tries++) {
    const refused = await browser.post('/api/session/link', { secret });
    assert.deepEqual([refused.status, refused.body.error?.reason], [403, 'unit-ended']);
  }
});
