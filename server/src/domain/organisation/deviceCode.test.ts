import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DomainError } from '../../protocol/errors.ts';
import { roleSchema } from '../../protocol/organisation.ts';
import { mayUseCode } from '../shared/whoSeesWhom.ts';
import { CodeTries } from './CodeTries.ts';
import { type CodeFacts, codeRefusal, mayUndo, newCode, readCode, writtenCode } from './deviceCode.ts';

const HOUR = 3_600_000;
const scheduledAt = new Date('2026-11-27T07:00:00Z');
const facts = (from: Partial<CodeFacts>, hours: number): CodeFacts => ({
  ...{ role: 'seat', device: null, isWithdrawn: false, briefing: { state: 'scheduled', scheduledAt } },
  ...{ now: new Date(scheduledAt.getTime() + hours * HOUR), ...from },
});

test('LK7 a code has eight signs without look-alikes, and is read however it is typed', () => {
  const codes = Array.from({ length: 2_000 }, newCode);
  assert.equal(new Set(codes).size, codes.length);
  for (const code of codes) assert.match(code, /^[2-9A-HJKMNP-Z]{8}$/);
  assert.equal(writtenCode('K7QM3XWP'), 'K7QM-3XWP');
  for (const typed of ['K7QM3XWP', 'k7qm-3xwp', ' K7QM 3XWP ', 'k7 qm – 3x-wp'])
    assert.equal(readCode(typed), 'K7QM3XWP', typed);
  for (const wrong of ['', 'K7QM-3XW', 'K7QM-3XWPA', 'K7QM-3XW0', 'K7QM-3XWL', 'K7QM_3XWP'])
    assert.equal(readCode(wrong), undefined, wrong);
});

test('LK7 only seats have codes: never a principal, an operator, or anybody else', () => {
  assert.deepEqual(roleSchema.options.filter(mayUseCode), ['seat']);
  for (const role of roleSchema.options.filter((one) => one !== 'seat'))
    assert.equal(codeRefusal(facts({ role }, 0), 'd'), 'code-unknown', role);
});

test('LK7 a code works from 24 hours before until the briefing ends, and no longer than a day where nobody opened it', () => {
  const at = (state: CodeFacts['briefing']['state'], hours: number) =>
    codeRefusal(facts({ briefing: { state, scheduledAt } }, hours), 'd');
  const table = [
    ['scheduled', -24.01, 'code-early'],
    ['scheduled', -24, undefined],
    ['scheduled', 5, undefined],
    ['scheduled', 24.01, 'code-over'],
    ['open', -30, undefined],
    ['live', 30, undefined],
    ['closed', -1, 'code-over'],
    ['closed', 2, 'code-over'],
  ] as const;
  for (const [state, hours, refusal] of table) assert.equal(at(state, hours), refusal, `${state} ${hours}`);
});

test('LK8 the first device keeps the code, and a withdrawn code is over for it too', () => {
  assert.equal(codeRefusal(facts({ device: 'first' }, 0), 'second'), 'code-used');
  assert.equal(codeRefusal(facts({ device: 'first' }, 0), 'first'), undefined);
  assert.equal(codeRefusal(facts({ device: 'first', isWithdrawn: true }, 0), 'first'), 'code-over');
});

test('LK9 what a code opened is undone by a device without one, and ends nobody', () => {
  const said = [true, false].flatMap((own) => [true, false].map((other) => [own, other] as const));
  const allowed = said.filter(([own, other]) => mayUndo({ byCode: own }, { byCode: other }));
  assert.deepEqual(allowed, [[false, true]]);
});

/** A limiter that counts as Redis does. */
function counted(tries: number) {
  const taken = new Map<string, number>();
  return {
    taken,
    consume: async (key: string) => {
      const now = (taken.get(key) ?? 0) + 1;
      taken.set(key, now);
      if (now > tries) throw new DomainError('rate-limited', 'too many');
    },
    giveBack: async (key: string) => void taken.set(key, (taken.get(key) ?? 0) - 1),
  };
}

test('LK8 wrong codes are counted by unit and by /24 or /48, and a code that fits gives its try back', async () => {
  const [codeUnit, codeBlock] = [counted(5), counted(20)];
  const tries = new CodeTries({ codeUnit, codeBlock });
  for (let i = 0; i < 5; i++) await tries.take('00001', `203.0.113.${i}`);
  await assert.rejects(tries.take('00001', '198.51.100.1'), { reason: 'rate-limited' });
  assert.equal(codeBlock.taken.get('198.51.100.0/24'), 0, 'a unit without tries takes none of an address');
  for (let i = 0; i < 15; i++) await tries.take(`unit-${i}`, `203.0.113.${100 + i}`);
  await assert.rejects(tries.take('00099', '203.0.113.250'), { reason: 'rate-limited' });
  await tries.take('00098', '2001:db8:1:2::1');
  assert.equal(codeBlock.taken.get('2001:db8:1::/48'), 1);
  const giveBack = await tries.take('00097', '192.0.2.1');
  await giveBack();
  assert.deepEqual([codeUnit.taken.get('00097'), codeBlock.taken.get('192.0.2.0/24')], [0, 0]);
});
