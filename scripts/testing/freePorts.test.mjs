import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freePorts } from '../../server/test/support/freePort.ts';

test('where no ports are free the search for some ends, and says what was looked for', async () => {
  let looks = 0;
  const taken = async (ports) => {
    looks += 1;
    assert.equal(ports.length, 2);
    return false;
  };
  await assert.rejects(freePorts(2, taken), /2 free ports in a row were not found between 61000 and 65535/);
  assert.equal(looks, 1000);
});

test('the first of those that are free is given', async () => {
  const looked = [];
  const first = await freePorts(3, async (ports) => looked.push(ports) === 4);
  assert.deepEqual(looked.at(-1), [first, first + 1, first + 2]);
});
