import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { HookSender } from '../../src/domain/hook/HookSender.ts';
import { Hooks } from '../../src/domain/hook/Hooks.ts';
import { mayStay, tellHook } from '../../src/domain/hook/tell.ts';
import { mayDeliver } from '../../src/edge/hook/hookAddress.ts';
import { postHook } from '../../src/edge/hook/postHook.ts';
import type { HookEvent } from '../../src/protocol/hook.ts';
import { hookBodySchemas, hookEventSchema } from '../../src/protocol/hook.ts';
import type { Account } from '../../src/protocol/organisation.ts';
import { PgHookGatherer } from '../../src/store/postgres/hook/PgHookGatherer.ts';
import { PgHookQueue } from '../../src/store/postgres/hook/PgHookQueue.ts';
import { PgHooks } from '../../src/store/postgres/hook/PgHooks.ts';
import { DirectiveWorld, refusalOf } from '../support/DirectiveWorld.ts';
import { HookReceiver, isSignedBy } from '../support/HookReceiver.ts';
import { openStores, type TestStores } from '../support/stores.ts';
import { until } from '../support/until.ts';

let stores: TestStores;
let world: DirectiveWorld;
let hooks: Hooks;
let pm: Account;
let chair: Account;
let operator: Account;
let receiver: HookReceiver;
const may = mayDeliver([], true);
const senders: HookSender[] = [];
const noFigures = { find: () => [], settle: () => undefined };
before(async () => {
  stores = await openStores({ country: true });
  world = await DirectiveWorld.create(stores.databaseUrl);
  pm = await world.person('principal', 'vn');
  operator = await world.person('operator', 'vn');
  chair = await world.person('seat', world.communes('79', 1)[0] as string);
  hooks = new Hooks({
    store: new PgHooks(world.postgres),
    unit: (code) => world.units.get(code),
    nameOf: (code) => world.units.index.find(code)?.name,
    demandAddress: () => undefined,
    now: () => new Date(),
    logger: { info: () => undefined },
  });
});
after(async () => {
  await world?.close();
  await stores?.close();
});
beforeEach(async () => {
  receiver = await HookReceiver.open();
});
afterEach(async () => {
  await Promise.all(senders.splice(0).map((sender) => sender.close()));
  // WH16: whatever a test has delivered is told as the contract says.
  for (const { event } of receiver.received) assert.deepEqual(hookBodySchemas[typeOf(event)].parse(event), event);
  for (const { id } of (await hooks.page(pm)).hooks) await hooks.remove(pm, id);
  await receiver.close();
});

function node(withinMs = 5_000): HookSender {
  const sender = new HookSender({
    gatherer: new PgHookGatherer(world.postgres, (unit) => world.units.index.find(unit)?.path, noFigures),
    queue: new PgHookQueue(world.postgres),
    boot: randomUUID(),
    post: (url, headers, body, stop) => postHook(url, headers, body, { may, stop, withinMs }),
    now: Date.now,
    random: () => 0.5,
    logger: { info: () => undefined, warn: () => undefined },
  });
  senders.push(sender);
  return sender;
}

const make = (
  by: Account,
  territory = 'vn',
  events: readonly HookEvent[] = hookEventSchema.options,
  url = receiver.url,
) => hooks.make(by, { name: 'Trục văn bản', url, territory, events: [...events] });
/** Looks again and again, as nodes do, until it is so. */
const looking = (sender: HookSender, what: string, check: () => boolean | Promise<boolean>) =>
  until(what, async () => {
    await sender.look();
    return check();
  });
const typeOf = ({ type }: { readonly type: string }) => type as keyof typeof hookBodySchemas;
const failuresOf = async (hook: string) => (await hooks.failures(pm, hook)).failures;

test('WH1 WH3 WH7 a directive that is given and acknowledged is told, signed, and once', async () => {
  const { secret } = await make(pm);
  const sender = node();
  const directive = await world.issue(pm, { to: [chair.unit.code] });
  await world.act(chair, directive, { act: 'acknowledge', name: 'Chủ tịch', words: 'Rõ', promised: null });
  await looking(sender, 'both are delivered', () => receiver.received.length === 2);
  const [given, acknowledged] = receiver.received;
  assert.ok(given && acknowledged);
  assert.ok(isSignedBy(secret, given) && isSignedBy(secret, acknowledged));
  assert.ok(!isSignedBy(`whsec_${Buffer.alloc(32).toString('base64')}`, given));
  assert.equal(given.event.type, 'directive.given');
  assert.equal(given.id, `directive-given-${directive.id}`);
  const { number, year, title } = directive;
  const about = { directive: directive.id, number, year, issuer: 'vn', title };
  assert.deepEqual(given.event.data, { ...about, deadline: null, addressees: 1 });
  assert.deepEqual(acknowledged.event.data, { ...about, unit: chair.unit.code, promised: null });
  await sender.look();
  assert.equal(receiver.received.length, 2);
});

test('WH1 nodes that read the record at once queue each act once, and what was before a hook is not told', async () => {
  await world.issue(pm, { to: [chair.unit.code], title: 'Trước' });
  await make(pm);
  const directives = [];
  for (let i = 0; i < 5; i++) directives.push(await world.issue(pm, { to: [chair.unit.code] }));
  const nodes = [node(), node(), node()];
  await until('five are delivered', async () => {
    await Promise.all(nodes.map((each) => each.look()));
    return receiver.received.length >= 5;
  });
  await Promise.all(nodes.map((each) => each.look()));
  assert.deepEqual(
    receiver.received.map(({ id }) => id),
    directives.map(({ id }) => `directive-given-${id}`),
  );
});

test('WH4 WH5 a hook of a province hears of its own, and one of an operator without titles', async () => {
  const elsewhere = await HookReceiver.open();
  try {
    await make(pm, '79');
    await make(operator, 'vn', ['directive.given'], elsewhere.url);
    const there = await world.issue(pm, { to: world.communes('01', 2) });
    const here = await world.issue(pm, { to: [...world.communes('79', 2), ...world.communes('01', 2)] });
    await looking(node(), 'all are delivered', () => elsewhere.received.length === 2 && receiver.received.length === 1);
    assert.equal(receiver.received[0]?.event.data.directive, here.id);
    assert.equal(receiver.received[0]?.event.data.addressees, 2);
    assert.deepEqual(
      elsewhere.received.map(({ event: { data } }) => [data.directive, data.addressees, data.title]),
      [
        [there.id, 2, undefined],
        [here.id, 4, undefined],
      ],
    );
    const provincial = await world.person('principal', '79');
    assert.equal(await refusalOf(make(provincial, 'vn')), 'outside-territory');
    assert.equal(await refusalOf(make(chair, chair.unit.code)), 'forbidden');
  } finally {
    await elsewhere.close();
  }
});

test('WH3 that units are behind when the deadline has passed is told once', async () => {
  await make(pm, '79', ['directive.overdue']);
  const deadline = new Date(Date.now() + 3_600_000).toISOString();
  const directive = await world.issue(pm, { to: world.communes('79', 3), deadline });
  await world.postgres.query(`UPDATE directive_moments SET due_at = due_at - interval '2 hours' WHERE directive = $1`, [
    directive.id,
  ]);
  await world.reminders.remind(directive.id);
  const sender = node();
  await looking(sender, 'it is told', () => receiver.received.length > 0);
  await sender.look();
  assert.deepEqual(
    receiver.received.map(({ event }) => [event.type, event.data.directive, event.data.behind]),
    [['directive.overdue', directive.id, 3]],
  );
});

test('WH2 what a node that died was delivering is delivered by another when its lease is over, under the same id', async () => {
  const { id: hook } = await make(pm);
  const directive = await world.issue(pm, { to: [chair.unit.code] });
  const queue = new PgHookQueue(world.postgres);
  const [dead, living] = [randomUUID(), node()];
  await new PgHookGatherer(world.postgres, () => 'vn', noFigures).gather(tellHook, mayStay);
  assert.deepEqual(await queue.claim(dead, 20), [hook]);
  const due = await queue.next(hook, dead, 20);
  assert.equal(due?.event, `directive-given-${directive.id}`);
  await living.look();
  await living.look();
  assert.equal(receiver.received.length, 0);
  await world.postgres.query(`UPDATE hooks SET lease_until = clock_timestamp() - interval '1 second' WHERE id = $1`, [
    hook,
  ]);
  await looking(living, 'the other node delivers', () => receiver.received.length === 1);
  assert.equal(receiver.received[0]?.id, due?.event);
  assert.equal(await queue.next(hook, dead, 20), undefined);
});

test('WH9 WH13 what fails waits with its reason, without holding up another, and goes by one press', async () => {
  const good = await HookReceiver.open();
  try {
    receiver.status = 500;
    const { id: hook } = await make(pm);
    await make(pm, 'vn', ['directive.given'], good.url);
    const directive = await world.issue(pm, { to: [chair.unit.code] });
    const sender = node();
    await looking(sender, 'one has it, the other failed', async () => {
      const [failure] = await failuresOf(hook);
      return good.received.length === 1 && failure?.attempts === 1;
    });
    const [failure] = await failuresOf(hook);
    assert.deepEqual([failure?.fault, failure?.status, failure?.kind], ['status', 500, 'directive.given']);
    assert.ok(failure?.nextAt);
    receiver.status = 204;
    await hooks.again(pm, hook, `directive-given-${directive.id}`);
    await looking(sender, 'it is delivered', async () => (await failuresOf(hook)).length === 0);
    assert.deepEqual([...new Set(receiver.received.map(({ id }) => id))], [`directive-given-${directive.id}`]);
  } finally {
    await good.close();
  }
});

test('WH9 an event that failed at the last attempt is given up, and 410 stops the hook', async () => {
  const { id: hook } = await make(pm);
  await hooks.test(pm, hook);
  await world.postgres.query('UPDATE hook_deliveries SET attempts = 11 WHERE hook = $1', [hook]);
  receiver.status = 410;
  await looking(node(), 'it is stopped', async () => (await hooks.page(pm)).hooks[0]?.state === 'stopped');
  const [page] = (await hooks.page(pm)).hooks;
  assert.deepEqual([page?.stopped, page?.failed, page?.waiting], ['gone', 1, 0]);
  const [failure] = await failuresOf(hook);
  assert.deepEqual([failure?.fault, failure?.nextAt, failure?.kind], ['gone', null, 'test']);
});

test('WH8 a receiver that hangs is left after its time', async () => {
  receiver.status = 0;
  const { id: hook } = await make(pm);
  await hooks.test(pm, hook);
  await looking(node(200), 'it has failed', async () => (await failuresOf(hook))[0]?.fault === 'timeout');
});

test('WH10 WH11 a new secret signs beside the one before, and what happened during a pause is delivered after it', async () => {
  const { id: hook, secret } = await make(pm);
  const { secret: fresh } = await hooks.rotate(pm, hook);
  await hooks.setState(pm, hook, 'paused');
  assert.equal(await refusalOf(hooks.test(pm, hook)), 'conflict');
  await world.issue(pm, { to: [chair.unit.code] });
  const sender = node();
  await looking(sender, 'it waits', async () => (await hooks.page(pm)).hooks[0]?.waiting === 1);
  assert.equal(receiver.received.length, 0);
  await hooks.setState(pm, hook, 'active');
  await looking(sender, 'it is delivered', () => receiver.received.length === 1);
  const [event] = receiver.received;
  assert.ok(event && isSignedBy(secret, event) && isSignedBy(fresh, event));
  await world.postgres.query(`UPDATE hooks SET old_until = clock_timestamp() WHERE id = $1`, [hook]);
  await hooks.test(pm, hook);
  await looking(sender, 'the test is delivered', () => receiver.received.length === 2);
  const [, last] = receiver.received;
  assert.ok(last && !isSignedBy(secret, last) && isSignedBy(fresh, last));
});

test('WH5 a hook whose maker is disabled is stopped', async () => {
  const maker = await world.person('operator', '79');
  await make(maker, '79');
  await world.postgres.query('UPDATE accounts SET disabled_at = clock_timestamp() WHERE id = $1', [maker.id]);
  await node().look();
  const [hook] = (await hooks.page(pm)).hooks;
  assert.deepEqual([hook?.state, hook?.stopped], ['stopped', 'maker']);
});

test('WH12 what comes on top of what may wait has failed at once, and no more than a hundred hooks are made', async () => {
  const { id: hook } = await make(pm, 'vn', ['directive.given']);
  await hooks.setState(pm, hook, 'paused');
  await world.postgres.query(
    `INSERT INTO hook_deliveries (hook, event, kind, body, at) SELECT $1, 'e' || n, 'test', '{}', clock_timestamp() FROM generate_series(1, 49999) n`,
    [hook],
  );
  await world.issue(pm, { to: [chair.unit.code] });
  const last = await world.issue(pm, { to: [chair.unit.code] });
  await node().look();
  const [failure, ...others] = await failuresOf(hook);
  assert.deepEqual([failure?.event, failure?.fault, others.length], [`directive-given-${last.id}`, 'full', 0]);
  for (let made = 1; made < 100; made++) await make(pm);
  assert.equal(await refusalOf(make(pm)), 'conflict');
});
