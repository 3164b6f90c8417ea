import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LiveFigureStages } from './LiveFigureStages.ts';
import type { FigureStage } from './ports.ts';

const shown = (version: number) => ({ briefing: 'b', version, what: {}, content: 'c' }) as FigureStage;

test('FG28 CL2 what is said late of figures on the stage of a briefing that is over brings nothing back', async () => {
  const running = new Set(['b']);
  const store = {
    read: async () => shown(2),
    running: async () => [...running].map((briefing) => ({ briefing, version: 2 })),
  };
  const live = new LiveFigureStages(store, (id) => running.has(id));
  await live.hint({ briefing: 'b', version: 1 });
  assert.equal(live.shown().length, 1);
  running.clear();
  await live.sweep();
  await live.hint({ briefing: 'b', version: 2 });
  assert.deepEqual(live.shown(), []);
});

test('FG25 what is said of a briefing that this node does not know yet is found by the sweep', async () => {
  const store = { read: async () => shown(1), running: async () => [{ briefing: 'b', version: 1 }] };
  const live = new LiveFigureStages(store, () => false);
  await live.hint({ briefing: 'b', version: 1 });
  assert.equal(live.get('b').version, 0);
  await live.sweep();
  assert.equal(live.get('b').version, 1);
});
