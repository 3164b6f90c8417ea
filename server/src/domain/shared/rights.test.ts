import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Role } from '../../protocol/organisation.ts';
import type { Actor } from './actor.ts';
import { allowedActs, at, demand, demandProducing, demandSense, may, type Target, type Verdict } from './rights.ts';

const actor = (role: Role, path: string): Actor => ({ id: `${role}-id`, role, unit: { path } });

/** One actor of each role, all of the same province, and targets inside, outside and above it. */
const province = 'vn.79';
const targets: Readonly<Record<'inside' | 'outside' | 'above' | 'neighbour', Target>> = {
  inside: { ...at('vn.79.760.26734'), role: 'seat', account: 'other' },
  outside: { ...at('vn.01.001.00001'), role: 'seat', account: 'other' },
  above: { ...at('vn'), role: 'seat', account: 'other' },
  // Starts with the same letters, yet is another province.
  neighbour: { ...at('vn.790'), role: 'seat', account: 'other' },
};

const y: Verdict = 'allowed';
const n: Verdict = 'forbidden';
const o: Verdict = 'outside-territory';
const roles = ['principal', 'moderator', 'seat', 'operator'] as const;

test('RT2 a seat acts on itself and its own unit', () => {
  const seat = actor('seat', 'vn.79.760.26734');
  const self: Target = { ...at('vn.79.760.26734'), account: seat.id, role: 'seat' };
  const acts = ['equipment.tell', 'hand.raise', 'hand.lower', 'stage.leave'] as const;
  for (const act of [...acts, 'call.accept', 'call.refuse', 'call.end', 'roster.read'] as const) {
    assert.equal(may(seat, act, self), 'allowed', act);
  }
  assert.equal(may(seat, 'hand.lower', { ...self, account: 'other' }), 'forbidden');
  assert.equal(may(seat, 'call.accept', at('vn.79.760')), 'outside-territory');
});

test('RT3 links and accounts: a moderator for seats, a principal for moderators too, an operator for everyone', () => {
  const inside = (role: Role): Target => ({ ...at('vn.79.760'), role, account: 'other' });
  for (const act of [
    ...(['account.create', 'account.change', 'account.disable', 'account.enable'] as const),
    ...(['link.issue', 'link.revoke', 'password.offer', 'session.end'] as const),
  ]) {
    assert.deepEqual(
      roles.map((role) => may(actor('moderator', province), act, inside(role))),
      [n, n, y, n],
    );
    assert.deepEqual(
      roles.map((role) => may(actor('principal', province), act, inside(role))),
      [n, y, y, n],
    );
    assert.deepEqual(
      roles.map((role) => may(actor('operator', province), act, inside(role))),
      [y, y, y, y],
    );
    assert.equal(
      may(actor('moderator', province), act, at('vn.79.760')),
      n,
      'an unknown role is not assumed to be a seat',
    );
  }
});

test('RT4 a moderator neither removes nor demotes their principal, but may mute them', () => {
  const principal: Target = { ...at(province), role: 'principal', account: 'pm' };
  const moderator = actor('moderator', province);
  assert.equal(may(moderator, 'seat.remove', principal), n);
  assert.equal(may(moderator, 'stage.demote', principal), n);
  assert.equal(may(moderator, 'seat.mute', principal), y);
});

test('RT5 a briefing of several subtrees: acting needs all of them, seeing needs one', () => {
  const moderator = actor('moderator', province);
  const both: Target = { paths: ['vn.79', 'vn.01'] };
  assert.equal(may(moderator, 'briefing.create', both), o);
  assert.equal(may(moderator, 'briefing.read', both), y);
  assert.equal(may(moderator, 'briefing.read', { paths: ['vn.01', 'vn.02'] }), o);
  assert.equal(may(actor('principal', 'vn'), 'briefing.create', both), y);
});

test('RT6 acts of a session are those of its role', () => {
  assert.deepEqual(allowedActs(actor('seat', province)).sort(), [
    'briefing.join',
    'briefing.read',
    'call.accept',
    'call.end',
    'call.missed',
    'call.refuse',
    'call.seen',
    'contact.read',
    'directive.answer',
    'directive.read',
    'equipment.tell',
    'figure.contact',
    'figure.contest',
    'figure.enter',
    'figure.read',
    'figure.withdraw',
    'figures.history',
    'figures.series',
    'figures.watch',
    'hand.lower',
    'hand.raise',
    'indicator.read',
    'question.ask',
    'question.read',
    'question.withdraw',
    'readiness.tell',
    'receipt.compare',
    'resubmission.offer',
    'roster.read',
    'round.answer',
    'round.expected',
    'round.history',
    'seat.unmute',
    'session.undo',
    'stage.decline',
    'stage.leave',
    'stage.picture',
    'stage.shown',
    'stage.take',
    'still.follow',
    'still.take',
    'sync',
  ]);
  assert.ok(allowedActs(actor('principal', 'vn')).includes('stage.goLive'));
  assert.ok(!allowedActs(actor('moderator', 'vn')).includes('stage.goLive'));
});

test('RT7 demand refuses with the reason of the verdict', () => {
  assert.throws(() => demand(actor('seat', province), 'call.start', targets.inside), { reason: 'forbidden' });
  assert.throws(() => demand(actor('moderator', province), 'call.start', targets.above), {
    reason: 'outside-territory',
  });
  demand(actor('moderator', province), 'call.start', targets.inside);
});

test('RT8 a role over others is given where there are units below, or at the root; elsewhere there are seats', () => {
  const commune = { path: 'vn.79.26734', hasUnitsBelow: false };
  for (const role of ['principal', 'moderator', 'operator'] as const) {
    assert.throws(() => demandSense(role, commune), { reason: 'bad-request' }, role);
    demandSense(role, { path: province, hasUnitsBelow: true });
    demandSense(role, { path: 'vn', hasUnitsBelow: false });
  }
  demandSense('seat', commune);
  demandSense('seat', { path: province, hasUnitsBelow: true });
});

test('PN2 the producer is a principal over the stage, or a moderator whom the briefing names', () => {
  const of = (stage: string, ...producers: string[]) => ({ stage, producers });
  demandProducing(actor('principal', 'vn'), of('vn'));
  demandProducing(actor('moderator', 'vn.79'), of('vn', 'moderator-id'));
  assert.throws(() => demandProducing(actor('moderator', 'vn'), of('vn', 'other')), { reason: 'forbidden' });
  assert.throws(() => demandProducing(actor('moderator', 'vn.79'), of('vn.01', 'moderator-id')), {
    reason: 'outside-territory',
  });
  assert.throws(() => demandProducing(actor('seat', 'vn'), of('vn', 'seat-id')), { reason: 'forbidden' });
});
