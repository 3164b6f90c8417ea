import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Sending } from './Sending.ts';

test('FL17 who goes on to send more than is allowed is over it, who overshoots once is not', () => {
  const sending = new Sending(1_000);
  const said = [1_000, 1_250, 1_251, 900, 1_300, 1_300, 1_300].map((bitrate) => sending.measured(bitrate));
  assert.deepEqual(said, [false, false, false, false, false, true, true]);
});
