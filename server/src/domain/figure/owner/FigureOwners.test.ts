import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FigureSource, Indicator } from '../../../protocol/figureDefinition.ts';
import type { Account, Role } from '../../../protocol/organisation.ts';
import { DESK_LOOKS } from '../limits.ts';
import { FigureOwners } from './FigureOwners.ts';

const source = (code: string, more: Partial<FigureSource>): FigureSource => ({
  ...{ code, name: code, rank: 1, root: 'vn', indicators: ['beds'], simulated: false, kind: 'upload', ...more },
});
const sources = [
  source('country', {}),
  source('province', { root: '79', indicators: ['cases'] }),
  source('pushed', { kind: 'push' }),
  source('closed', { root: '99' }),
  source('mixed', { kind: 'push', indicators: ['beds', 'cases'] }),
  source('asked', { kind: 'pull', indicators: ['beds', 'tests'] }),
  source('asked-whole', { kind: 'pull' }),
];
const indicators = ['beds', 'cases', 'other'].map((code) => ({ code }) as Indicator);
const paths = new Map([
  ['vn', 'vn'],
  ['79', 'vn.79'],
  ['01', 'vn.01'],
]);
const batch = { at: '2026-11-26T01:00:00.000Z', by: 'a', reason: null, accepted: 1, held: 0, unchanged: 0, refused: 1 };
const row = { unit: '79', period: batch.at, source: 'pushed', revision: 1, value: 1, at: batch.at };
const pulled = {
  ...{ asked: null, goodAt: null, failures: 0, errors: 3, nextAt: batch.at, asking: false, overdue: false },
};
const asked: unknown[] = [];
const askedRoots: unknown[] = [];
const owners = new FigureOwners({
  store: {
    batches: async (of, codes) => {
      asked.push([of, codes]);
      return of.map((source, n) => ({ ...batch, source, n, indicators: ['beds', 'cases'], errors: 1 }));
    },
    open: async ([indicator = ''], units) => {
      asked.push(units);
      const contest = { at: batch.at, by: 'b', unit: '79', reason: null };
      return { count: 1, rows: [{ ...row, indicator, reason: null, beside: null, contest }] };
    },
    decided: async () => [],
    staged: async ([indicator = ''], roots) => {
      askedRoots.push(roots);
      return [
        ['vn', '7'],
        ['01', '7'],
        ['79', '8'],
      ].map(([root = '', version = '']) => ({
        ...{ indicator, root, title: root, at: batch.at, until: null, n: 1 },
        briefing: `00000000-0000-${version}000-8000-000000000000`,
      }));
    },
    errors: async () => ({ source: 'mixed', errors: [] }),
  },
  keys: async () => new Map([['pushed', [new Date(batch.at)]]]),
  pulls: {
    states: async (codes) => new Map(codes.map((code) => [code, pulled])),
    errors: async () => [],
  },
  card: () => undefined,
  definitions: () => ({
    sources: new Map(sources.map((one) => [one.code, one])),
    indicators: new Map(indicators.map((one) => [one.code, one])),
  }),
  tree: () => ({
    find: (code) => {
      const path = paths.get(code);
      return path === undefined ? undefined : { path, name: code };
    },
    subtree: (code) => (code === '79' ? [{ code }, { code: '10001' }] : [{ code }]),
  }),
});
const somebody = (role: Role, path: string): Account =>
  ({ id: 'a', name: 'a', role, unit: { code: path, path, tier: 'nation', name: path } }) as Account;
const seen = async (account: Account) => {
  const owned = await owners.owned(account);
  return [owned.sources.map(({ code }) => code), owned.indicators.map(({ code }) => code)];
};

test('FG39 FG74 leaders are offered the sources by file of which they lead the whole territory, and their indicators', async () => {
  assert.deepEqual(await seen(somebody('moderator', 'vn')), [
    ['country', 'province'],
    ['beds', 'cases'],
  ]);
  assert.deepEqual(await seen(somebody('principal', 'vn.79')), [['province'], ['cases']]);
  assert.deepEqual(await seen(somebody('principal', 'vn.01')), [[], []]);
  for (const role of ['seat', 'operator', 'screen'] as const)
    await assert.rejects(owners.owned(somebody(role, 'vn')), { reason: 'forbidden' });
});

const steward = (path: string): Account => ({ ...somebody('steward', path), indicators: ['beds'] });

test('FG39 FG38 a steward sees sources of their indicators, cut to these, with keys as since when, and no list of others errors', async () => {
  const { sources: told, indicators: named, open } = await owners.owned(steward('vn'));
  assert.deepEqual(
    told.map(({ code, indicators: of, mayUpload, keys, batches }) => [
      code,
      of,
      mayUpload,
      keys.length,
      batches[0]?.errors,
    ]),
    [
      ['country', ['beds'], true, 0, 1],
      ['pushed', ['beds'], false, 1, 1],
      ['mixed', ['beds'], false, 0, 0],
      ['asked', ['beds'], false, 0, 0],
      ['asked-whole', ['beds'], false, 0, 1],
    ],
  );
  assert.deepEqual(
    named.map(({ code }) => code),
    ['beds'],
  );
  assert.deepEqual(told[2]?.batches[0]?.indicators, ['beds']);
  assert.deepEqual([open[0]?.path, open[0]?.contest?.by], ['vn.79', 'b']);
  assert.equal(open[0]?.within, '', 'nothing lies between it and the root');
  assert.equal(asked.at(-1), undefined, 'of the whole country nothing is left out');
  await assert.rejects(owners.errors(steward('vn'), 1), { reason: 'forbidden' });
  assert.deepEqual(await owners.errors(somebody('moderator', 'vn'), 1), []);
});

test('FG64 FG39 a steward is told how it goes with sources that are asked, and has a list of refused rows of those that are theirs alone', async () => {
  const told = (await owners.owned({ ...steward('vn'), id: 'c' })).sources.map(({ code, pull }) => [
    code,
    pull?.errors,
  ]);
  assert.deepEqual(Object.fromEntries(told), {
    ...{ country: undefined, pushed: undefined, mixed: undefined },
    ...{ asked: 0, 'asked-whole': 3 },
  });
  assert.deepEqual(await owners.pullErrors(steward('vn'), 'asked-whole'), []);
  await assert.rejects(owners.pullErrors(steward('vn'), 'asked'), { reason: 'forbidden' });
  await assert.rejects(owners.pullErrors(steward('vn'), 'nobody'), { reason: 'not-found' });
});

test('FG39 a steward of a province sees what waits there, and stagings of it or of what lies above, without rehearsals', async () => {
  const { staged } = await owners.owned({ ...steward('vn.79'), unit: { ...steward('vn.79').unit, code: '79' } });
  assert.deepEqual(
    staged.map(({ title }) => title),
    ['vn'],
  );
  assert.deepEqual(asked.at(-1), ['79', '10001']);
  assert.deepEqual(askedRoots.at(-1), ['79', 'vn', '10001'], 'those of others take no place from them');
});

test('FG39 leaders are told of their sources, and nothing of what waits or was shown', async () => {
  const { open, staged, cards } = await owners.owned(somebody('moderator', 'vn'));
  assert.deepEqual([open, staged, cards], [[], [], []]);
});

test('FG39 one account looks at what it answers for so often and no more', async () => {
  const one = { ...steward('vn'), id: 'b' };
  for (let i = 0; i < DESK_LOOKS.burst; i += 1) await owners.owned(one);
  await assert.rejects(owners.owned(one), { reason: 'rate-limited' });
});
