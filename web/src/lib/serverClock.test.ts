import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hearDate, serverClock, serverNow } from './serverClock.ts';

const AHEAD_MS = 420_000;

test('CH19 a page takes the time from answers of the server, until the order channel says it exactly', () => {
  const off = () => Math.round((serverNow() - Date.now()) / 60_000);
  hearDate(null);
  assert.equal(off(), 0);
  hearDate(new Date(Date.now() + AHEAD_MS).toUTCString());
  assert.equal(off(), 7);
  // Whole seconds and the way of an answer do not move it.
  const { offset } = serverClock.get();
  hearDate(new Date(serverNow() - 1_000).toUTCString());
  assert.equal(serverClock.get().offset, offset);
  serverClock.set({ offset: 60_000, exact: true });
  hearDate(new Date(Date.now() + AHEAD_MS).toUTCString());
  assert.equal(off(), 1);
});
