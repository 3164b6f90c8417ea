import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Isolation } from './Isolation.ts';

test('CL72 whoever is seen at a node that reaches neither Redis nor by media another node is told to connect anew, once in half a minute', () => {
  const world = { knows: false, others: true, unheardMs: 4_000 };
  let now = 0;
  let sent = 0;
  const isolation = new Isolation({
    knowsOthers: () => world.knows,
    mayHaveOthers: () => world.others,
    isUnheard: (forMs) => world.unheardMs >= forMs,
    sendAway: () => {
      sent += 1;
      return 3;
    },
    elapsed: () => now,
  });
  const look = (change: Partial<typeof world>) => {
    Object.assign(world, { knows: false, others: true, unheardMs: 4_000 }, change);
    return isolation.look();
  };
  assert.equal(look({ knows: true }), 0, 'Redis is there');
  assert.equal(look({ others: false }), 0, 'it is alone');
  assert.equal(look({ unheardMs: 3_900 }), 0, 'others hear it');
  assert.equal(look({}), 3);
  now += 29_000;
  assert.equal(look({}), 0);
  now += 1_000;
  assert.equal(look({}), 3);
  assert.equal(sent, 2);
});
