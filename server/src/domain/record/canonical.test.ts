import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CanonicalRows, canonical, type Json } from './canonical.ts';

test('AU2 RFC 8785 section 3.2: the sample of the document, to the byte', () => {
  const sample = `{
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
    "literals": [null, true, false]
  }`;
  const expected =
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}';
  assert.equal(canonical(JSON.parse(sample) as Json), expected);
});

test('AU2 RFC 8785 section 3.2.3: keys stand in the order of their UTF-16 code units', () => {
  const keys = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew Letter Dalet With Dagesh',
    '1': 'One',
    '\ud83d\ude00': 'Emoji: Grinning Face',
    '\u0080': 'Control',
    '\u00f6': 'Latin Small Letter O With Diaeresis',
  };
  const order = [...canonical(keys).matchAll(/:"([^"]+)"/g)].map(([, value]) => value);
  assert.deepEqual(order, [
    'Carriage Return',
    'One',
    'Control',
    'Latin Small Letter O With Diaeresis',
    'Euro Sign',
    'Emoji: Grinning Face',
    'Hebrew Letter Dalet With Dagesh',
  ]);
});

/** Appendix B of the document: IEEE 754 in hexadecimal, and what is written. */
const numbers: readonly (readonly [string, string])[] = [
  ['0000000000000000', '0'],
  ['8000000000000000', '0'],
  ['0000000000000001', '5e-324'],
  ['8000000000000001', '-5e-324'],
  ['7fefffffffffffff', '1.7976931348623157e+308'],
  ['ffefffffffffffff', '-1.7976931348623157e+308'],
  ['4340000000000000', '9007199254740992'],
  ['c340000000000000', '-9007199254740992'],
  ['4430000000000000', '295147905179352830000'],
  ['44b52d02c7e14af5', '9.999999999999997e+22'],
  ['44b52d02c7e14af6', '1e+23'],
  ['44b52d02c7e14af7', '1.0000000000000001e+23'],
  ['444b1ae4d6e2ef4e', '999999999999999700000'],
  ['444b1ae4d6e2ef4f', '999999999999999900000'],
  ['444b1ae4d6e2ef50', '1e+21'],
  ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
  ['3eb0c6f7a0b5ed8d', '0.000001'],
  ['41b3de4355555553', '333333333.3333332'],
  ['41b3de4355555554', '333333333.33333325'],
  ['41b3de4355555555', '333333333.3333333'],
  ['41b3de4355555556', '333333333.3333334'],
  ['41b3de4355555557', '333333333.33333343'],
  ['becbf647612f3696', '-0.0000033333333333333333'],
  ['43143ff3c1cb0959', '1424953923781206.2'],
];

test('AU2 RFC 8785 appendix B: numbers', () => {
  for (const [bits, text] of numbers) assert.equal(canonical(Buffer.from(bits, 'hex').readDoubleBE()), text, bits);
});

test('AU2 what JSON cannot say has no form', () => {
  for (const no of [Number.NaN, Number.POSITIVE_INFINITY, '\ud83d', undefined, { a: undefined }, () => 1, 1n])
    assert.throws(() => canonical(no as Json), TypeError);
});

test('AU2 two values have one form only when they are equal', () => {
  assert.equal(canonical({ b: [1, { d: 2, c: 3 }], a: '' }), canonical({ a: '', b: [1, { c: 3, d: 2 }] }));
  assert.notEqual(canonical({ a: '1' }), canonical({ a: 1 }));
  assert.notEqual(canonical([[], []]), canonical([[[]]]));
});

/** The same numbers for the same seed (mulberry32). */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) % below;
  };
}

test('AU2 rows that are written after each other have the same bytes as each alone', () => {
  const list: Json[] = ['a'];
  const values: readonly Json[] = [
    ...['', 'điều', '"\\\n\u0001\u2028', '😀', '1', 'true', 'null'],
    ...[0, -0, 1, 1e21, 0.1, true, false, null],
    ...[list, { b: 1, a: [null] }],
  ];
  const names = ['z', 'a', 'é', '"', '1', '10', '2', 'A', '\ufb33', '\ud83d\ude00'];
  const pick = random(7);
  const rows = new CanonicalRows();
  let columns: readonly string[] = [];
  for (let i = 0; i < 2_000; i++) {
    // A list is the same object each time, and says something else.
    list[0] = i;
    if (i % 9 === 0) columns = names.filter(() => pick(2) === 0).sort(() => pick(3) - 1);
    const row = Object.fromEntries(columns.map((name) => [name, values[pick(values.length)] as Json]));
    assert.equal(rows.write(row), canonical(row));
  }
});

test('AU2 a row with what JSON cannot say is not written, and the next one is', () => {
  const rows = new CanonicalRows();
  for (const no of [Number.NaN, undefined, '\ud83d', { a: undefined }])
    for (const row of [{ a: 1, b: no as Json }, { b: no as Json }]) {
      assert.throws(() => rows.write(row), TypeError);
      assert.throws(() => rows.write(row), TypeError);
    }
  assert.equal(rows.write({ b: 2, a: 1 }), '{"a":1,"b":2}');
});
