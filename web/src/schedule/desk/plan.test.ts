import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Briefing } from '../../api/contract.ts';
import { zoned } from '../../i18n/zone.ts';
import { agendaOf, emptyPlan, faultsOf, momentOf, type Plan, planLike, planOf, scopeOf } from './plan.ts';

const now = Date.parse('2026-09-02T07:00:00Z');
const plan: Plan = { ...emptyPlan, title: 'Giao ban', at: zoned(now + 3_600_000) };
const row = { key: 1, title: 'Khai mạc', by: '', minutes: '' };
const before = {
  ...{ title: 'Giao ban', scheduledAt: '2026-09-02T06:00:30.000Z', agenda: [{ title: 'a', minutes: 5 }] },
  ...{ language: 'vi', rehearsal: false },
} as unknown as Briefing;

test('what stands in the way is said field by field, in the order of the form', () => {
  assert.deepEqual(faultsOf(plan, undefined, now), []);
  const wrong: Plan = { ...plan, title: ' ', at: '', way: 'list', agenda: [{ ...row, title: '', minutes: '0' }] };
  assert.deepEqual(faultsOf(wrong, before, now), [
    { field: 'title' },
    { field: 'at' },
    { field: 'scope' },
    { field: 'agenda', nr: 1 },
    { field: 'minutes', nr: 1 },
    { field: 'why' },
  ]);
  assert.deepEqual(faultsOf({ ...plan, at: zoned(now - 60_000) }, undefined, now), [{ field: 'past' }]);
});

test('PL30 what the servers do not carry takes a reason, and who was expected before takes none', () => {
  const over = { verdict: 'does-not-fit', devices: 3_000 } as const;
  assert.deepEqual(faultsOf(plan, undefined, now, over), [{ field: 'capacityWhy' }]);
  assert.deepEqual(faultsOf({ ...plan, capacityWhy: 'Bão' }, undefined, now, over), []);
  assert.deepEqual(faultsOf(plan, undefined, now, { ...over, verdict: 'no-spare' }), []);
  const changed = { ...planOf(before, []), why: 'x', way: 'all' } as const;
  assert.deepEqual(faultsOf(changed, { ...before, expected: 3_000 }, now, over), []);
  assert.deepEqual(faultsOf(changed, { ...before, expected: 2_999 }, now, over), [{ field: 'capacityWhy' }]);
});

test('a time that was not touched is no other, also one that has passed', () => {
  const kept = { ...planOf(before, []), why: 'x' };
  assert.deepEqual(faultsOf(kept, before, now), []);
  assert.equal(momentOf(kept, before), before.scheduledAt);
  assert.equal(momentOf({ ...kept, at: zoned(now) }, before), new Date(now).toISOString());
});

test('MN10 a new one like one that was held has its units, agenda and producers, and no time', () => {
  const names = (code: string) => ({ '79': 'Thành phố Hồ Chí Minh' })[code];
  const like = planLike({ ...before, scope: ['vn.79', 'vn.01.001'] }, [], 'vn', names);
  assert.deepEqual([like.at, like.way, like.why], ['', 'units', '']);
  assert.deepEqual(like.units, [
    { code: '79', name: 'Thành phố Hồ Chí Minh' },
    { code: '001', name: '001' },
  ]);
  assert.deepEqual(scopeOf(planLike({ ...before, scope: ['vn'] }, [], 'vn', names), 'vn'), ['vn']);
  assert.deepEqual(agendaOf(like), before.agenda);
});

test('rows of the agenda in which nothing was written are none', () => {
  const agenda = [row, { ...row, title: ' ' }, { ...row, title: 'b', by: ' ai ', minutes: '12' }];
  assert.deepEqual(agendaOf({ ...plan, agenda }), [{ title: 'Khai mạc' }, { title: 'b', by: 'ai', minutes: 12 }]);
});

test('a scope is the office, places, a list or what a file named', () => {
  assert.deepEqual(scopeOf(plan, '79'), ['79']);
  assert.deepEqual(scopeOf({ ...plan, way: 'units', units: [{ code: '1', name: 'a' }] }, '79'), ['1']);
  assert.deepEqual(scopeOf({ ...plan, way: 'list', list: 'Nam' }, '79'), { list: 'Nam' });
  const file = (scope: string[] | 'too-many') => ({ name: 'f', checked: { scope, expected: 1, problems: [] } });
  assert.deepEqual(scopeOf({ ...plan, way: 'file', file: file(['1']) }, '79'), ['1']);
  for (const file of [undefined, { name: 'f', checked: { scope: 'too-many' as const, expected: 1, problems: [] } }])
    assert.equal(scopeOf({ ...plan, way: 'file', file }, '79'), undefined);
});
