import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogDifferences } from '../../../../domain/record/catalog.ts';
import { likeOthers } from './months.ts';
import { rightsOf } from './rights.ts';
import { likeSixteen } from './views.ts';

const bounds = (from: string, to: string) =>
  `FOR VALUES FROM ('${from} 17:00:00+00') TO ('${to} 17:00:00+00') inherits public.observations`;
const month = (name: string, guard = 'enabled', says = bounds('2026-08-31', '2026-09-30')) => ({
  [`table public.observations_${name}`]: says,
  [`table public.observations_${name}, index observations_${name}_pkey`]: `observations_${name}_pkey on public.observations_${name}`,
  [`table public.observations_${name}, trigger record_stays`]: guard,
});

test('AU30 months of figures are told as one, those that were put in the place of another too', () => {
  const one = likeOthers(month('2026_09'));
  assert.deepEqual(one, {
    'table public.observations_{month}': '{its month} inherits public.observations',
    'table public.observations_{month}, index: {its name} on public.observations_{month}': 'there',
    'table public.observations_{month}, trigger record_stays': 'enabled',
  });
  const october = month('2026_10', 'enabled', bounds('2026-09-30', '2026-10-31'));
  assert.deepEqual(likeOthers({ ...month('2026_09'), ...october }), one);
  assert.deepEqual(
    likeOthers({
      'table public.observations_2026_09': bounds('2026-08-31', '2026-09-30'),
      'table public.observations_2026_09, index observations_2026_09_pkey2':
        'observations_2026_09_pkey2 on public.observations_2026_09',
      'table public.observations_2026_09, trigger record_stays': 'enabled',
    }),
    one,
  );
});

test('AU30 what one month has otherwise, or has not, is told of it', () => {
  const others = {
    ...month('2026_10', 'enabled', bounds('2026-09-30', '2026-10-31')),
    ...month('2026_11', 'enabled', bounds('2026-10-31', '2026-11-30')),
  };
  const { 'table public.observations_2026_09, trigger record_stays': _, ...without } = month('2026_09');
  assert.equal(
    likeOthers({ ...others, ...without })['table public.observations_2026_09, trigger record_stays'],
    'gone',
  );
  assert.equal(
    likeOthers({ ...others, ...month('2026_09', 'disabled') })[
      'table public.observations_2026_09, trigger record_stays'
    ],
    'disabled',
  );
  const wrong = likeOthers({ ...others, ...month('2026_09', 'enabled', bounds('2026-01-31', '2026-09-30')) });
  assert.match(wrong['table public.observations_2026_09'] ?? '', /FROM \('2026-01-31/);
});

test('AU30 rights are told by the part that a role has, and an owner with all of them is not', () => {
  const roles = { owner: 'an owner', server: 'srv' };
  const acl = ['"an owner"=arwdDxtm/"an owner"', 'srv=ar/"an owner"', '"a ""b"""=w*/srv', '=r/"an owner"'];
  assert.deepEqual(rightsOf('table public.t', { owner: 'an owner', acl }, roles), [
    ['table public.t, owner', 'the owner'],
    ['table public.t, rights of the server', 'ar'],
    ['table public.t, rights of role a "b"', 'w* (by the server)'],
    ['table public.t, rights of everybody', 'r'],
  ]);
  assert.deepEqual(rightsOf('function f()', { owner: 'x', acl: null }, roles), [
    ['function f(), owner', 'role x'],
    ['function f(), rights of everybody', 'X'],
  ]);
  assert.deepEqual(rightsOf('table t', { owner: 'srv', acl: ['srv=r/srv'] }, roles)[1], [
    'table t, rights of the server',
    'r',
  ]);
  assert.deepEqual(rightsOf('table t, column c', { owner: 'srv', acl: null }, roles), []);
});

test('AU30 a view of one table reads as PostgreSQL 16 writes it', () => {
  const fifteen = ' SELECT p.a,\n    p.b\n   FROM public.packs p\n  WHERE (p.a = 1);';
  assert.equal(likeSixteen(fifteen), ' SELECT a,\n    b\n   FROM public.packs p\n  WHERE (p.a = 1);');
  assert.equal(likeSixteen(likeSixteen(fifteen)), likeSixteen(fifteen));
  for (const other of [
    ' SELECT p.a,\n    q.b\n   FROM (public.packs p\n     JOIN public.q q ON (true));',
    ' SELECT p.a,\n    1 AS b\n   FROM public.packs p\n  WHERE true;',
  ])
    assert.equal(likeSixteen(other), other);
});

test('AU31 a difference is told from where two long definitions part, and another version of PostgreSQL is none', () => {
  const long = 'x'.repeat(400);
  const [told] = catalogDifferences(
    { schema: { f: `${long}a` }, local: { 'PostgreSQL 15, its own functions': 'p' } },
    { schema: { f: `${long}b` }, local: { 'PostgreSQL 16, its own functions': 'q' } },
  );
  assert.match(told ?? '', /^f: it is "… x{50}b"; it was sealed as "… x{50}a"$/);
  assert.equal(
    catalogDifferences(
      { schema: {}, local: { 'PostgreSQL 15, its own functions': 'p' } },
      { schema: {}, local: { 'PostgreSQL 15, its own functions': 'q' } },
    ).length,
    1,
  );
  const many = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`t${i}`, 'x']));
  assert.equal(catalogDifferences({ schema: {}, local: {} }, { schema: many, local: {} }).at(-1), 'and 10 more');
});
