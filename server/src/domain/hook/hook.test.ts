import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Role } from '../../protocol/organisation.ts';
import type { HookFact, HookReader } from './ports.ts';
import { nextAttempt, restAfter } from './retry.ts';
import { newHookSecret, signatureHeaders } from './sign.ts';
import { mayStay, tellHook } from './tell.ts';

test('WH7 the signature is the one that its own library makes', () => {
  // As npm's standardwebhooks 1.1.1 signs the same.
  const secret = 'whsec_MfKQ9r8GKYqwTwjUPD8ILPZIo2LaLjSw';
  const signed = { event: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}' };
  assert.deepEqual(signatureHeaders([secret], signed, 1_614_265_330), {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,1YxnlIaF0IqHwXkaLdlu7CEgh0yToy8SuM5gbG4jADc=',
  });
});

test('WH10 two secrets sign beside each other, and each has 32 bytes', () => {
  const secrets = [newHookSecret(), newHookSecret()];
  const { 'webhook-signature': signature } = signatureHeaders(secrets, { event: 'e', body: '{}' }, 1);
  assert.match(signature ?? '', /^v1,[\w+/]{43}= v1,[\w+/]{43}=$/);
  for (const secret of secrets) assert.equal(Buffer.from(secret.slice(6), 'base64').length, 32);
});

test('WH9 attempts are spread over some three days, later where the receiver says so, and then given up', () => {
  const pauses = Array.from({ length: 11 }, (_, i) => nextAttempt(i + 1, undefined, 0.5) ?? 0);
  assert.deepEqual(pauses.slice(0, 4), [5, 30, 120, 600]);
  const days = pauses.reduce((a, b) => a + b) / 86_400;
  assert.ok(days > 2.9 && days < 3.2, `${days} days`);
  assert.equal(nextAttempt(12, undefined, 0.5), undefined);
  assert.equal(nextAttempt(1, 900, 0.5), 900);
  assert.equal(nextAttempt(1, 1e9, 0.5), 86_400);
  assert.equal(nextAttempt(1, undefined, 0), 4);
  assert.equal(restAfter(0, undefined), 1);
  assert.equal(restAfter(100, undefined), 60);
});

const hookOf = (role: Role, unit: string, path = unit): HookReader => ({
  ...{ id: 'h', path, events: ['directive.given', 'directive.acknowledged', 'directive.overdue', 'round.closed'] },
  ...{ madeAt: new Date(0), maker: { id: 'a', role, unit: { path: unit } } },
});
const given: HookFact = {
  ...{ kind: 'directive.given', event: 'directive-given-d', at: '2026-09-02T01:00:00.000Z', directive: 'd', number: 7 },
  ...{ year: 2026, title: 'Mật', issuer: 'vn', issuerPath: 'vn', deadline: null },
};
const told = (hook: HookReader, fact: HookFact, within: number) => {
  const message = tellHook(hook, fact, within);
  return message && (JSON.parse(message.body) as { type: string; timestamp: string; data: Record<string, unknown> });
};

test('WH4 WH6 a hook is told of what is given by or to its territory', () => {
  assert.deepEqual(told(hookOf('principal', 'vn.79'), given, 3), {
    type: 'directive.given',
    timestamp: given.at,
    data: { directive: 'd', number: 7, year: 2026, issuer: 'vn', title: 'Mật', deadline: null, addressees: 3 },
  });
  assert.equal(told(hookOf('principal', 'vn.79'), given, 0), undefined);
  assert.ok(told(hookOf('principal', 'vn'), given, 0));
  const acknowledged = {
    ...given,
    kind: 'directive.acknowledged',
    unit: '1',
    path: 'vn.79.1',
    promised: null,
  } as const;
  assert.ok(told(hookOf('principal', 'vn.79'), acknowledged, 1));
  assert.equal(told(hookOf('principal', 'vn.7'), acknowledged, 1), undefined);
});

test('WH5 words are told to whom may read them, and a hook ends with the rights of its maker', () => {
  assert.equal(told(hookOf('operator', 'vn'), given, 3)?.data.title, undefined);
  assert.equal(told(hookOf('operator', 'vn'), given, 3)?.data.directive, 'd');
  const round = { scope: ['vn'], round: 'r', briefing: 'b', nr: 1, question: 'Có mặt?' };
  const closed: HookFact = { kind: 'round.closed', event: 'e', at: given.at, ...round };
  assert.equal(told(hookOf('principal', 'vn'), closed, 3)?.data.question, 'Có mặt?');
  assert.equal(told(hookOf('operator', 'vn'), closed, 3)?.data.question, undefined);
  assert.equal(mayStay(hookOf('operator', 'vn')), true);
  assert.equal(mayStay(hookOf('operator', 'vn.79', 'vn')), false);
  assert.equal(mayStay(hookOf('moderator', 'vn')), false);
  assert.equal(mayStay({ ...hookOf('operator', 'vn'), maker: undefined }), false);
});

test('WH3 what was before a hook was made, or is not wanted by it, is not told', () => {
  const hook = hookOf('principal', 'vn');
  assert.equal(told({ ...hook, madeAt: new Date('2026-09-02T01:00:00.001Z') }, given, 3), undefined);
  assert.equal(told({ ...hook, events: ['round.closed'] }, given, 3), undefined);
});

test('WH15 FG92 a complete period is told in its territory alone, and no figure to who may not see it', () => {
  const complete: HookFact = {
    ...{ kind: 'figure.complete', event: 'e', at: given.at, indicator: 'beds', period: given.at, path: 'vn.79' },
    ...{ because: 'covered', said: 8, expected: 10, n: 7, simulated: true, seenBy: undefined },
  };
  const waiting = (unit: string, path = unit): HookReader => ({
    ...hookOf('principal', unit, path),
    events: ['figure.complete'],
  });
  assert.deepEqual(told(waiting('vn', 'vn.79'), complete, 1)?.data, {
    ...{ indicator: 'beds', period: given.at, unit: '79', because: 'covered', said: 8, expected: 10, n: 7 },
    simulated: true,
  });
  assert.equal(told(waiting('vn'), complete, 0), undefined);
  assert.equal(told(waiting('vn.79'), { ...complete, seenBy: 1 }, 1), undefined);
  assert.ok(told(waiting('vn.79'), { ...complete, seenBy: 2 }, 1));
});
