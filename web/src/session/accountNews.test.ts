import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DoneAct } from '../api/contract.ts';
import { newsOf, newsText } from './accountNews.ts';
import { newsWords } from './words/news.vi.ts';

const t = newsWords.in('vi');
const person = { name: 'UBND Phường Một', role: 'seat' } as const;
const act = (id: string, at: string, what: DoneAct['what']): DoneAct => ({ id, at, by: null, unit: '26737', what });

test('AC4 each act is shown once, the oldest first, and none that was seen', () => {
  const issued = act('b', '2026-12-01T02:00:00Z', { act: 'link.issued', ...person });
  const offered = act('a', '2026-12-01T01:00:00Z', { act: 'password.offered', ...person, login: 'x' });
  const ids = (seen: readonly string[]) => newsOf([issued, offered, issued], new Set(seen), 'own').map(({ id }) => id);
  assert.deepEqual(ids([]), ['a', 'b']);
  assert.deepEqual(ids(['a']), ['b']);
});

test('AC4 LK9 a device that came in by a code is told to the others, and not to itself', () => {
  const account = '00000000-0000-4000-8000-000000000001';
  const used = act('a', '2026-12-01T01:00:00Z', { act: 'code.used', ...person, account, session: 'new-device' });
  assert.deepEqual(newsOf([used], new Set(), 'new-device'), []);
  assert.equal(newsOf([used], new Set(), 'first-device').length, 1);
});

test('AC4 what was done is said in words', () => {
  assert.match(newsText({ act: 'link.issued', ...person }, t), /liên kết/);
  const to = { ...person, role: 'moderator', unit: '760' } as const;
  const said = newsText({ act: 'account.changed', from: { ...person, unit: '26737' }, to }, t);
  assert.ok(said.includes(t.role.seat) && said.includes(t.role.moderator), said);
});
