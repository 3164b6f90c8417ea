import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FigureMemory } from '../../../../test/support/FigureMemory.ts';
import { FigureCards } from '../FigureCards.ts';
import { FigureService } from '../FigureService.ts';
import { LiveFigures } from '../LiveFigures.ts';
import { askedIndicator, askedSource } from './askedIndicator.ts';

const tree = ['vn', 'vn.1', 'vn.1.11', 'vn.2', 'vn.2.21'].map((path) => ({
  ...{ code: path.split('.').at(-1) ?? '', path, name: path },
}));

test('FG60 FG23 what a roll-call has asked is named to those who lie in its territory, and to those above it', async () => {
  const store = new FigureMemory();
  const live = new LiveFigures({ store, units: () => tree, clock: { now: () => new Date() } });
  const find = (code: string) => tree.find((each) => each.code === code);
  const figures = new FigureService({ live, cards: new FigureCards(live), store, tree: () => ({ find }) });
  for (const scope of ['vn.1', 'vn', 'gone']) {
    const number = { label: scope, unit: 'giường', scale: 0, min: 0, max: 9, soft: null, indicator: null };
    const round = { id: scope, openedAt: new Date(0), scope: [scope] };
    const source = askedSource(number, round);
    store.define({ indicators: [{ ...askedIndicator(number, round), version: 1 }], sources: [source] });
  }
  await live.reload();
  const named = (path: string, role: 'moderator' | 'seat' = 'moderator') => {
    const account = { id: path, name: path, role, unit: { ...find('vn'), path } };
    return figures
      .indicators(account as never)
      .flatMap(({ code, name }) => (code.startsWith('asked-') ? (name.vi.split(' ')[0] ?? '') : []));
  };
  assert.deepEqual(named('vn'), ['vn.1', 'vn', 'gone']);
  assert.deepEqual(
    [named('vn.1'), named('vn.1.11', 'seat')],
    [
      ['vn.1', 'vn'],
      ['vn.1', 'vn'],
    ],
  );
  assert.deepEqual([named('vn.2'), named('vn.2.21', 'seat')], [['vn'], ['vn']]);
  assert.equal(figures.indicators({ role: 'seat', unit: { path: 'vn.2.21' } } as never).length, 4);
});
