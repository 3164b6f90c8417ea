import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Indicator } from '../../protocol/figureDefinition.ts';
import { seenBeside } from './seenBeside.ts';

const of = (code: string, partOf?: string) =>
  [code, { code, ...(partOf && { checks: { partOf } }) } as Indicator] as const;
const indicators = new Map([of('patients'), of('in-icu', 'patients'), of('isolated', 'patients'), of('other')]);
const seen = (indicator: string, reason: 'over-whole' | 'under-part' | 'jump', hidden: readonly string[]) =>
  seenBeside({ indicator, reason, beside: 7 }, indicators, (code) => !hidden.includes(code));

test('FG117 beside a held value stands no value of an indicator that whoever decides on it may not see', () => {
  assert.equal(seen('in-icu', 'over-whole', []), 7);
  assert.equal(seen('in-icu', 'over-whole', ['patients']), null);
  assert.equal(seen('patients', 'under-part', []), 7);
  assert.equal(seen('patients', 'under-part', ['isolated']), null, 'it may be of either part');
  assert.equal(seen('in-icu', 'jump', ['patients']), 7, 'that is a value of its own');
  assert.equal(seen('other', 'over-whole', []), null, 'nobody knows any more of which it is');
});
