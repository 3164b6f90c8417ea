import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pressedKey, writes } from './pressedKey.ts';

const press = (code: string, key: string, shiftKey = false) => pressedKey({ code, key, shiftKey });

test('KP2 a key is known by its place, whatever an input method or another layout writes with it', () => {
  assert.equal(press('KeyM', 'm'), 'm');
  assert.equal(press('KeyM', 'Process'), 'm');
  assert.equal(press('Digit1', '&'), '1');
  assert.equal(press('Digit7', 'Process'), '7');
  assert.equal(press('Numpad7', '7'), '7');
  assert.equal(press('Minus', '-'), '-');
  assert.equal(press('Slash', '/'), '/');
  assert.equal(press('Slash', '?', true), '?');
  assert.equal(press('Slash', 'Process', true), '?');
  assert.equal(press('Minus', '?', true), '?');
  assert.equal(press('Digit7', '/', true), '/');
  assert.equal(press('Digit1', '1', true), '1');
});

test('KP2 a key of the number pad that moves is no digit', () => {
  assert.equal(press('Numpad7', 'Home'), 'home');
  assert.equal(press('PageDown', 'PageDown'), 'pagedown');
});

test('KP1 what writes something does something else only where it was switched on; keys of a clicker always do', () => {
  for (const name of ['m', '1', '-', '?']) assert.ok(writes(name), name);
  for (const name of ['pagedown', 'arrowright', 'home']) assert.ok(!writes(name), name);
});
