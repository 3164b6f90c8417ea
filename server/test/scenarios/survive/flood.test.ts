import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dh } from '../../support/dh.ts';

// What a flood does to the sound depends on the machine, so the figures are printed by the command and asserted by nobody.

test('dh flood attacks a server of its own, says what became of it and of the sound beside it, and leaves nothing', async () => {
  // It resolves when the last process that shares its streams is gone, so none has outlived it.
  const { status, out, err } = await dh('flood/main', [
    ...['--attack', 'stun-tcp', '--seconds', '1', '--viewers', '5', '--json'],
  ]);
  assert.ok(out.startsWith('{'), `${out}\n${err}`);
  const { calm, attacks } = JSON.parse(out);
  assert.deepEqual([calm.sound.viewers, calm.sound.lost], [5, 0]);
  const [flood] = attacks;
  assert.deepEqual([flood.attack, attacks.length], ['stun-tcp', 1]);
  assert.ok(flood.attacker['requests sent'] > 0);
  assert.ok(flood.attacker['cut by the server'] > 0);
  assert.ok(flood.server.outcomes.unknown > 0, 'the server counted strangers who ask for media');
  assert.ok(flood.sound.packets > 0);
  assert.deepEqual([flood.left.connections, flood.left.participants], [0, 0]);
  assert.equal(status, flood.stutter === undefined ? 0 : 1);
});

test('dh flood takes no address, and starts nothing when it is given one', async () => {
  for (const args of [['--url', 'https://example.org'], ['https://example.org']]) {
    const { status, out, err } = await dh('flood/main', args);
    assert.deepEqual([status, out], [2, ''], args.join(' '));
    assert.match(err, /It takes no address/);
  }
});

test('FB5 dh flood sends the feedback of a greedy viewer, who is let in and not put out', async () => {
  const { out, err } = await dh('flood/main', [
    ...['--attack', 'nack', '--attack', 'pli', '--seconds', '3', '--viewers', '5', '--json'],
  ]);
  assert.ok(out.startsWith('{'), `${out}\n${err}`);
  for (const { attack, attacker, sound, left } of JSON.parse(out).attacks) {
    assert.ok(attacker['bytes of feedback sent'] > 0, attack);
    assert.equal(attacker['joins let in'], 1, attack);
    assert.ok(sound.packets > 0, attack);
    assert.deepEqual([left.connections, left.participants], [0, 0], attack);
  }
});
