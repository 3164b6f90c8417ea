import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressed, addressingOf, emptyDraft, isBlank, wayOf } from './draft.ts';

const unit = (code: string) => ({ code, name: code });

test('whom a draft goes to: nobody by oversight', () => {
  const table = [
    [{ to: 'all' }, { to: ['vn'], except: [] }],
    [
      { to: 'all', except: [unit('79')] },
      { to: ['vn'], except: ['79'] },
    ],
    [
      { to: 'units', units: [unit('75'), unit('79')] },
      { to: ['75', '79'], except: [] },
    ],
    [{ to: 'units' }, undefined],
    [
      { to: 'selection', selection: { id: 'chosen', name: 'ICU', table: null }, except: [unit('79')] },
      { to: { selection: 'chosen' }, except: ['79'] },
    ],
    [{ to: 'selection' }, undefined],
    [
      { to: 'list', list: 'Phía Nam' },
      { to: { list: 'Phía Nam' }, except: [] },
    ],
    [{ to: 'list' }, undefined],
  ] as const;
  for (const [part, expected] of table)
    assert.deepEqual(addressingOf({ ...emptyDraft(), ...structuredClone(part) } as never, 'vn', undefined), expected);
});

test('what is written in a briefing goes to those of it, until something else is chosen', () => {
  const briefing = '5f0c8a50-3d5e-4d0a-9d55-0f1d3f1c2b11';
  assert.equal(wayOf(emptyDraft(), briefing), 'briefing');
  assert.equal(wayOf(emptyDraft(), undefined), 'all');
  assert.equal(wayOf({ to: 'all' }, briefing), 'all');
  const draft = { ...emptyDraft(), except: [unit('79')] };
  assert.deepEqual(addressingOf(draft, 'vn', briefing), { to: { briefing }, except: ['79'] });
  assert.equal(addressingOf({ ...draft, to: 'briefing' }, 'vn', undefined), undefined, 'gone on with outside of one');
});

test('a draft is kept once something was written, whoever it goes to', () => {
  assert.equal(isBlank({ ...emptyDraft(), title: '  ', to: 'units' }), true);
  assert.equal(isBlank({ ...emptyDraft(), text: 'Trực 24 giờ' }), false);
});

test('DR35 the list of a selection goes along with it, and to nobody else', () => {
  const file = (name: string) => ({ sha256: name.repeat(64), name, type: 'text/csv', size: 1 });
  const own = file('a');
  const selection = (id: string, list: string) => ({ id, name: id, table: file(list) });
  const empty = { ...emptyDraft(), attachments: [own] };
  const first = { ...empty, ...addressed(empty, { to: 'selection', selection: selection('1', 'b') }) };
  assert.deepEqual(first.attachments, [own, file('b')]);
  const again = { ...first, ...addressed(first, { to: 'selection', selection: selection('1', 'b') }) };
  assert.deepEqual(again.attachments, [own, file('b')]);
  const second = { ...again, ...addressed(again, { to: 'selection', selection: selection('2', 'c') }) };
  assert.deepEqual(second.attachments, [own, file('c')]);
  const all = { ...second, ...addressed(second, { to: 'all' }) };
  assert.deepEqual([all.to, all.attachments], ['all', [own]]);
  const back = { ...all, ...addressed(all, { to: 'selection' }) };
  assert.deepEqual(back.attachments, [own, file('c')]);
});

test('two drafts never share a key', () => {
  assert.notEqual(emptyDraft().key, emptyDraft().key);
});
