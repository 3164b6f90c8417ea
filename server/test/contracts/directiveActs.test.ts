import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { receiptHolds } from '../../src/domain/record/receipt.ts';
import { type Directive, type Follow, followedSchema } from '../../src/protocol/directive.ts';
import type { Account } from '../../src/protocol/organisation.ts';
import { checkFollows } from '../../src/store/postgres/record/projections/directives.ts';
import { DirectiveWorld, type Doing, refusalOf } from '../support/DirectiveWorld.ts';
import { openStores, type TestStores } from '../support/stores.ts';
import { until } from '../support/until.ts';

let stores: TestStores;
let world: DirectiveWorld;
let pm: Account;
let chairs: Account[];
before(async () => {
  stores = await openStores({ country: true });
  world = await DirectiveWorld.create(stores.databaseUrl);
  pm = await world.person('principal', 'vn');
  chairs = [];
  for (const unit of world.communes('79', 4)) chairs.push(await world.person('seat', unit));
});
after(async () => {
  await world?.close();
  await stores?.close();
});

const chair = (nr: number): Account => chairs[nr] as Account;
const unitOf = (account: Account) => account.unit.code;
const issue = (more: object = {}): Promise<Directive> => world.issue(pm, { to: chairs.map(unitOf), ...more });
const acknowledge: Doing = { act: 'acknowledge', name: 'Lê Văn A', words: 'Công an xã làm', promised: '2026-12-01' };
const followOf = async (directive: Directive, account: Account): Promise<Follow> => {
  const follow = await world.store.follow(directive.id, unitOf(account));
  assert.ok(follow);
  return follow;
};

test('AK1 many acts at the same moment share a commit, and each gets a receipt that holds', async () => {
  const directive = await issue();
  const seals = await world.postgres.query<{ chain: string; nr: number }>(
    'SELECT chain, max(nr)::int AS nr FROM seals GROUP BY 1',
  );
  const done = await Promise.all(chairs.map((each) => world.act(each, directive, acknowledge)));
  for (const [i, { follow, receipt, first }] of done.entries()) {
    assert.ok(first && receiptHolds(receipt));
    assert.equal(receipt.record.unit, unitOf(chair(i)));
    assert.equal(receipt.record.words, 'Công an xã làm');
    assert.deepEqual(followedSchema.parse(done[i]), done[i]);
    assert.deepEqual(follow, { ...(await followOf(directive, chair(i))) });
  }
  assert.equal(new Set(done.map(({ receipt }) => receipt.seal)).size, 1);
  const before = seals.find(({ chain }) => chain === done[0]?.receipt.chain);
  assert.equal(done[0]?.receipt.seal, (before?.nr ?? 0) + 1);
});

test('AK1 an act that cannot be recorded takes none of those with it that share its commit', async () => {
  const directive = await issue();
  const acts = chairs.map((each, nr) =>
    world.act(each, directive, { ...acknowledge, name: nr === 1 ? 'A\u0000' : 'A' }),
  );
  const outcomes = await Promise.all(
    acts.map((act) =>
      act.then(
        ({ follow }) => follow.state,
        () => 'refused',
      ),
    ),
  );
  assert.deepEqual(outcomes, ['acknowledged', 'refused', 'acknowledged', 'acknowledged']);
  assert.equal((await followOf(directive, chair(1))).state, 'sent');
});

test('AK2 a key that comes for directives of two chains at once is used for one, and hurts nobody else', async () => {
  const directives = [await issue(), await world.issue(await world.person('moderator', '79'), { to: ['79'] })];
  const ask = (each: Account, key?: string) =>
    directives.map((directive) => world.act(each, directive, { act: 'ask', words: 'Ai làm?', ...(key && { key }) }));
  // Only sometimes do both chains look for the key before either has written it.
  for (let times = 0; times < 20; times += 1) {
    const [twice, others] = [ask(chair(0), randomUUID()), ask(chair(1))];
    const outcomes = (await Promise.allSettled(twice)).map((one) => one.status === 'fulfilled' || one.reason.reason);
    assert.deepEqual(outcomes.sort(), ['conflict', true]);
    for (const { first } of await Promise.all(others)) assert.ok(first);
  }
});

test('AK2 the same key answers the first receipt, in the same group and later; for anything else it is refused', async () => {
  const directive = await issue();
  const key = randomUUID();
  const [one, two] = await Promise.all([1, 2].map(() => world.act(chair(0), directive, { ...acknowledge, key })));
  assert.ok(one && two);
  assert.deepEqual([one.first, two.first], [true, false]);
  assert.deepEqual(two.receipt, one.receipt);
  await world.act(chair(0), directive, { act: 'done', words: 'Xong' });
  const later = await world.act(chair(0), directive, { ...acknowledge, key });
  assert.deepEqual([later.receipt, later.first, later.follow.state], [one.receipt, false, 'done']);
  assert.equal(await refusalOf(world.act(chair(0), directive, { act: 'start', key })), 'conflict');
  assert.equal(await refusalOf(world.act(chair(1), directive, { ...acknowledge, key })), 'conflict');
  const other = await issue();
  assert.equal(await refusalOf(world.act(chair(0), other, { ...acknowledge, key })), 'conflict');
});

test('AK3 another unit is refused, and so is a directive that there is not', async () => {
  const directive = await world.issue(pm, { to: [unitOf(chair(0))] });
  assert.equal(await refusalOf(world.act(chair(1), directive, { act: 'read' })), 'not-found');
  assert.equal(await refusalOf(world.act(pm, directive, { act: 'read' })), 'not-found');
  assert.equal(await refusalOf(world.act(chair(0), { id: randomUUID() }, { act: 'read' })), 'not-found');
});

test('AK4 delivered and read are recorded once, whatever the key; what said more stands for them', async () => {
  const directive = await issue();
  const got = await Promise.all([1, 2, 3].map(() => world.act(chair(0), directive, { act: 'delivered' })));
  assert.deepEqual(got.map(({ first }) => first).sort(), [false, false, true]);
  assert.equal(new Set(got.map(({ receipt }) => receipt.hash)).size, 1);
  const said = await world.act(chair(1), directive, acknowledge);
  for (const act of ['delivered', 'read'] as const) {
    const { first, receipt, follow } = await world.act(chair(1), directive, { act });
    assert.deepEqual([first, receipt, follow.state], [false, said.receipt, 'acknowledged']);
  }
  const delivered = await world.act(chair(2), directive, { act: 'delivered' });
  const read = await world.act(chair(2), directive, { act: 'read' });
  assert.deepEqual((await world.act(chair(2), directive, { act: 'delivered' })).receipt, delivered.receipt);
  assert.deepEqual((await world.act(chair(2), directive, { act: 'read' })).receipt, read.receipt);
  assert.equal(read.follow.deliveredAt, delivered.follow.deliveredAt);
  assert.deepEqual(await checkFollows(world.postgres), []);
});

test('AK4 reports of the same moment are one record, whichever says more', async () => {
  const directive = await issue();
  const keyed = [{ act: 'read' }, { act: 'delivered' }, acknowledge, { act: 'read' }] as const;
  const done = await Promise.all(keyed.map((doing) => world.act(chair(0), directive, doing as Doing)));
  assert.deepEqual(
    done.map(({ first, receipt }) => [first, receipt.record.act]),
    [
      [true, 'read'],
      [false, 'read'],
      [true, 'acknowledge'],
      [false, 'read'],
    ],
  );
});

test('AK5 AK6 a refusal with its reason is taken back by acknowledging', async () => {
  const directive = await issue();
  const refused = await world.act(chair(0), directive, { act: 'refuse', name: 'Lê Văn A', words: 'Xã đã sáp nhập' });
  assert.deepEqual(
    [refused.follow.state, refused.follow.axis, refused.follow.words],
    ['refused', '02', 'Xã đã sáp nhập'],
  );
  assert.equal(await refusalOf(world.act(chair(0), directive, { act: 'done', words: 'Xong' })), 'conflict');
  const { follow } = await world.act(chair(0), directive, acknowledge);
  assert.deepEqual(
    [follow.state, follow.axis, follow.words, follow.promised],
    ['acknowledged', '04', 'Công an xã làm', '2026-12-01'],
  );
});

test('AK7 AK8 a question goes to whoever leads both territories, and its answer comes back once', async () => {
  const directive = await issue();
  const asked = await world.act(chair(0), directive, { act: 'ask', words: 'Ai cấp vật tư?' });
  assert.deepEqual([asked.follow.state, asked.follow.question], ['question', 'Ai cấp vật tư?']);
  const province = await world.person('moderator', '79');
  assert.equal(await refusalOf(world.reply(province, directive, unitOf(chair(0)))), 'outside-territory');
  assert.equal(await refusalOf(world.reply(pm, directive, unitOf(chair(1)))), 'conflict');
  assert.equal(await refusalOf(world.reply(pm, directive, '01')), 'not-found');
  const { follow, receipt } = await world.reply(pm, directive, unitOf(chair(0)));
  assert.deepEqual([follow.state, follow.reply, receipt.record.act], ['read', 'Tỉnh cấp', 'reply']);
  assert.equal(await refusalOf(world.reply(pm, directive, unitOf(chair(0)))), 'conflict');
  const own = await world.issue(province, { to: ['79'] });
  await world.act(chair(0), own, { act: 'ask', words: 'Bao giờ?' });
  assert.equal((await world.reply(pm, own, unitOf(chair(0)))).follow.reply, 'Tỉnh cấp');
});

test('AK9 AK10 of two devices that answer at once the first wins', async () => {
  const directive = await issue();
  const answers = await Promise.allSettled([
    world.act(chair(0), directive, acknowledge),
    world.act(chair(0), directive, { act: 'refuse', name: 'B', words: 'Không' }),
    world.act(chair(0), directive, { act: 'start', words: 'Đã lập hai chốt' }),
  ]);
  assert.deepEqual(
    answers.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
  const follow = await followOf(directive, chair(0));
  assert.deepEqual([follow.state, follow.axis, follow.report], ['in-progress', '05', 'Đã lập hai chốt']);
});

test('AK11 the history of one addressee, oldest first, each with a receipt, that of others left out', async () => {
  const directive = await issue();
  await world.act(chair(1), directive, acknowledge);
  const done: Doing[] = [
    { act: 'read' },
    { act: 'ask', words: 'Ai?' },
    acknowledge,
    { act: 'start', words: 'Đang làm' },
    { act: 'done', words: 'Xong' },
  ];
  for (const doing of done) await world.act(chair(0), directive, doing);
  await world.reply(pm, directive, unitOf(chair(0)));
  await world.recall(pm, directive);
  const { acts } = await world.board.history(chair(0), directive.id);
  assert.deepEqual(
    acts.map(({ act }) => act),
    ['issue', 'read', 'ask', 'acknowledge', 'start', 'done', 'reply', 'recall'],
  );
  assert.ok(acts.every(({ receipt }) => receiptHolds(receipt)));
  assert.deepEqual([acts.at(-1)?.words, acts.at(-1)?.by], ['Đã có chỉ thị mới', pm.name]);
  assert.equal(acts[1]?.by, chair(0).name);
  assert.equal(await refusalOf(world.board.history(chair(0), directive.id, unitOf(chair(1)))), 'outside-territory');
  assert.equal((await world.board.history(pm, directive.id, unitOf(chair(1)))).acts.length, 3);
});

test('DR17 AK12 a recall asks those who are not done; they agree, or keep back what they acknowledged', async () => {
  const directive = await issue();
  await world.act(chair(0), directive, acknowledge);
  await world.act(chair(1), directive, { act: 'refuse', name: 'B', words: 'Không' });
  await world.act(chair(2), directive, acknowledge);
  await world.act(chair(2), directive, { act: 'done', words: 'Xong' });
  const key = randomUUID();
  const recalled = await world.recall(pm, directive, key);
  assert.deepEqual([recalled.state, recalled.why], ['recalled', 'Đã có chỉ thị mới']);
  const states = async () => {
    const all: string[] = [];
    for (const each of chairs) all.push((await followOf(directive, each)).state);
    return all;
  };
  assert.deepEqual(await states(), ['recall-asked', 'refused', 'done', 'recall-asked']);
  assert.deepEqual(await world.recall(pm, directive, key), recalled, 'DR19 the same key answers the same');
  assert.equal(await refusalOf(world.recall(pm, directive)), 'conflict');
  assert.equal(await refusalOf(world.act(chair(3), directive, { act: 'refuse-recall', words: 'Đã làm' })), 'conflict');
  await world.act(chair(3), directive, { act: 'agree-recall' });
  await world.act(chair(0), directive, { act: 'refuse-recall', words: 'Đã làm một phần' });
  assert.deepEqual(await states(), ['recall-refused', 'refused', 'done', 'recalled']);
  assert.equal((await world.act(chair(0), directive, { act: 'done', words: 'Xong' })).follow.state, 'done');
  assert.deepEqual(await checkFollows(world.postgres), []);
});

test('DR18 DR19 DR20 a directive that stands in the place of another ends it in the same act', async () => {
  const older = await issue({ briefing: await world.liveBriefing(pm) });
  await world.act(chair(0), older, { act: 'delivered' });
  const ended: Directive[] = [];
  world.directives.on('ended', (directive) => ended.push(directive));
  const newer = await issue({ supersedes: older.id });
  assert.equal(newer.supersedes, older.id);
  const now = await world.store.find(older.id);
  assert.deepEqual([now?.state, now?.supersededBy, now?.why], ['superseded', newer.id, null]);
  assert.deepEqual(ended, [now]);
  assert.equal(await refusalOf(world.act(chair(0), older, acknowledge)), 'conflict');
  assert.equal((await world.act(chair(0), older, { act: 'read' })).follow.state, 'read');
  assert.equal(await refusalOf(issue({ supersedes: older.id })), 'conflict');
  assert.equal(await refusalOf(world.recall(pm, older)), 'conflict');
  assert.equal(await refusalOf(issue({ supersedes: randomUUID() })), 'not-found');
  const { acts } = await world.board.history(chair(0), older.id);
  assert.deepEqual(
    acts.map(({ act }) => act),
    ['issue', 'delivered', 'supersede', 'read'],
  );
});

test('DR19 of a recall and two successors at once exactly one ends it', async () => {
  const older = await issue();
  const briefing = await world.liveBriefing(pm);
  const tries = await Promise.allSettled([
    world.recall(pm, older),
    issue({ supersedes: older.id }),
    issue({ supersedes: older.id, briefing }),
  ]);
  assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 1);
});

test('DR21 the deadline is PostgreSQL’s: done before it is on time, after it late, else overdue', async () => {
  const done = { act: 'done', words: 'Xong' } as const;
  const ample = await issue({ deadline: new Date(Date.now() + 3_600_000).toISOString() });
  await world.act(chair(0), ample, acknowledge);
  assert.equal((await world.act(chair(0), ample, done)).follow.timing, 'on-time');

  const directive = await issue({ deadline: new Date(Date.now() + 4_000).toISOString() });
  await until(
    'the deadline has passed',
    async () => (await followOf(directive, chair(1))).timing === 'overdue',
    30_000,
  );
  await world.act(chair(0), directive, acknowledge);
  assert.equal((await world.act(chair(0), directive, done)).follow.timing, 'late');
  await world.act(chair(2), directive, { act: 'refuse', name: 'B', words: 'Không' });
  const { counts } = await world.board.board(pm, directive.id, '79');
  assert.deepEqual([counts[0]?.onTime, counts[0]?.late, counts[0]?.overdue], [0, 1, 2]);
  for (const [timing, units] of [
    ['late', [0]],
    ['none', [2]],
    ['overdue', [1, 3]],
  ] as const) {
    const { follows, total } = await world.board.follows(pm, directive.id, { timing, limit: 10 });
    assert.deepEqual(new Set(follows.map(({ unit }) => unit)), new Set(units.map((nr) => unitOf(chair(nr)))), timing);
    assert.equal(total, units.length);
  }
});

test('AK13 the table of current states is what the record says', async () => {
  assert.deepEqual(await checkFollows(world.postgres), []);
});
