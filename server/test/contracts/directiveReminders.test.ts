import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Directive, Reminder } from '../../src/protocol/directive.ts';
import { reminderSchema } from '../../src/protocol/directive.ts';
import type { Account } from '../../src/protocol/organisation.ts';
import { DirectiveWorld } from '../support/DirectiveWorld.ts';
import { openStores, type TestStores } from '../support/stores.ts';

let stores: TestStores;
let world: DirectiveWorld;
let pm: Account;
let chairs: Account[];
const told: Reminder[] = [];
before(async () => {
  stores = await openStores({ country: true });
  world = await DirectiveWorld.create(stores.databaseUrl);
  pm = await world.person('principal', 'vn');
  chairs = [];
  for (const unit of world.communes('79', 3)) chairs.push(await world.person('seat', unit));
  world.reminders.on('reminded', (reminder) => told.push(reminder));
});
after(async () => {
  await world?.close();
  await stores?.close();
});

const HOUR = 3_600_000;
const units = () => chairs.map(({ unit }) => unit.code);
const issue = (hours: number): Promise<Directive> =>
  world.issue(pm, { to: units(), deadline: new Date(Date.now() + hours * HOUR).toISOString() });
/** Lets so much time pass for the moments of a directive. */
const pass = ({ id }: Directive, hours: number) =>
  world.postgres.query(
    `UPDATE directive_moments SET due_at = due_at - make_interval(mins => $2) WHERE directive = $1`,
    [id, hours * 60],
  );
const reminded = (directive: Directive, moment: Reminder['moment']) =>
  world.reminders.reminded(directive.id, moment, units());
const heard = ({ id }: Directive) => told.filter(({ directive }) => directive === id).map(({ moment }) => moment);

test('DR27 moments are a day and an hour before the deadline, and at it, without those before the issue', async () => {
  for (const [hours, moments] of [
    [30, ['day', 'hour', 'deadline']],
    [24, ['hour', 'deadline']],
    [0.5, ['deadline']],
  ] as const) {
    world.alarms.length = 0;
    await world.reminders.plan(await issue(hours));
    assert.deepEqual(
      world.alarms.map(({ moment }) => moment),
      moments,
      `${hours} hours`,
    );
    const last = world.alarms.at(-1)?.inMs ?? 0;
    assert.ok(last > (hours - 0.1) * HOUR && last <= hours * HOUR);
  }
  world.alarms.length = 0;
  await world.reminders.plan(await world.issue(pm, { to: units() }));
  assert.deepEqual(world.alarms, []);
});

test('DR28 a job that comes early reminds nobody, and of many that come at once one does', async () => {
  const directive = await issue(30);
  await world.reminders.remind(directive.id);
  assert.deepEqual(heard(directive), []);
  await pass(directive, 7);
  await Promise.all([1, 2, 3, 4].map(() => world.reminders.remind(directive.id)));
  await world.reminders.sweep();
  assert.deepEqual(heard(directive), ['day']);
  const [reminder] = told.filter(({ directive: id }) => id === directive.id);
  assert.deepEqual(reminderSchema.parse(reminder), reminder);
  assert.deepEqual((await reminded(directive, 'day')).length, 3);
  await pass(directive, 22.5);
  await world.reminders.remind(directive.id);
  assert.deepEqual(heard(directive), ['day', 'hour']);
});

test('DR27 who is done, has refused or gave it back is left alone', async () => {
  const directive = await issue(30);
  const [done, refused, behind] = chairs as [Account, Account, Account];
  await world.act(done, directive, { act: 'acknowledge', name: 'A', words: 'Làm', promised: null });
  await world.act(done, directive, { act: 'done', words: 'Xong' });
  await world.act(refused, directive, { act: 'refuse', name: 'B', words: 'Không' });
  await pass(directive, 7);
  await world.reminders.remind(directive.id);
  assert.deepEqual(await reminded(directive, 'day'), [behind.unit.code]);
});

test('DR27 DR28 the sweep finds what a lost Redis forgot, and of several moments uses the last', async () => {
  const directive = await issue(30);
  await pass(directive, 31);
  await world.reminders.sweep();
  assert.deepEqual(heard(directive), ['deadline']);
  assert.deepEqual(await reminded(directive, 'day'), []);
  await world.reminders.sweep();
  assert.deepEqual(heard(directive), ['deadline']);
});

test('DR28 nobody is reminded of a directive that has ended', async () => {
  const recalled = await issue(30);
  await world.recall(pm, recalled);
  const superseded = await issue(30);
  await world.issue(pm, { to: units(), supersedes: superseded.id });
  for (const directive of [recalled, superseded]) {
    await pass(directive, 31);
    await world.reminders.sweep();
    assert.deepEqual(heard(directive), []);
  }
});
