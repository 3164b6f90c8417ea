import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FigureSelection } from '../../../protocol/figureSelection.ts';
import { seenFrom } from './seenFrom.ts';

const paths: Readonly<Record<string, string>> = { '10001': 'vn.79.10001', '10002': 'vn.79.10002', '01': 'vn.01' };
const selection = {
  ...{ root: { unit: 'vn', path: 'vn', name: 'Việt Nam' }, except: ['10001', '01', 'gone'], units: 37 },
} as unknown as FigureSelection;
const from = (territory: string) => {
  const { units, except } = seenFrom(territory, selection, { own: 3, pathOf: (code) => paths[code] });
  return { units, except };
};

test('FG57 who does not lead the whole of a selection reads neither its number nor what was taken out elsewhere', () => {
  assert.deepEqual(from('vn'), { units: 37, except: ['10001', '01', 'gone'] });
  assert.deepEqual(from('vn.79'), { units: 3, except: ['10001'] });
  assert.deepEqual(from('vn.79.10002'), { units: 3, except: [] });
  assert.deepEqual(from('vn.7'), { units: 3, except: [] }, 'no prefix of another code');
});
