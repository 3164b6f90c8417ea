import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as ws from 'ws';
import { MESSAGE, textFrame } from './frames.ts';

/** Not in the types of ws. */
const { Sender } = ws as unknown as { Sender: { frame(data: Buffer, options: object): Buffer[] } };

test('CH4 a message is one frame in one buffer, of the same bytes as ws makes them', () => {
  for (const length of [0, 1, 124, 125, 126, 65_533, 65_534, 65_535, 70_000])
    for (const letter of ['a', 'ặ', '😀']) {
      const text = letter.repeat(Math.ceil(length / Buffer.byteLength(letter)));
      const options = { fin: true, mask: false, readOnly: true, opcode: 1, rsv1: false };
      const expected = Buffer.concat(Sender.frame(Buffer.from(`4${text}`), options));
      assert.ok(textFrame(MESSAGE, text).equals(expected), `${length} bytes of ${letter}`);
    }
});
