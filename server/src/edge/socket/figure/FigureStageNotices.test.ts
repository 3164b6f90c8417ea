import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { FigureCards } from '../../../domain/figure/FigureCards.ts';
import type { LiveFigures } from '../../../domain/figure/LiveFigures.ts';
import { STAGE_TELLS } from '../../../domain/figure/limits.ts';
import type { LiveFigureStages } from '../../../domain/figure/stage/LiveFigureStages.ts';
import type { FigureStage } from '../../../domain/figure/stage/ports.ts';
import { StageFrames } from '../../../domain/figure/stage/StageFrames.ts';
import type { StagedFigures, StagedPicture } from '../../../protocol/figureStage.ts';
import type { ChannelContext } from '../channel/types.ts';
import { FigureStageNotices } from './FigureStageNotices.ts';

const briefing = '11111111-1111-4111-8111-111111111111';
const two = { vi: 'Giường', en: 'Beds' };
const picture: StagedPicture = {
  indicator: { code: 'beds', name: two, unit: two, scale: 0, kind: 'stock', every: 'day', simulated: true },
  ...{ root: 'vn', rootName: 'Việt Nam', period: '2026-11-25T17:00:00.000Z', n: 1, at: '2026-11-27T10:42:00.000Z' },
  coverage: { expected: 1, fresh: 1, late: 0, stale: 0, none: 0, held: 0, contested: 0 },
  ...{ value: 1, oldest: null, units: [], names: [], series: [], starts: [], beside: [] },
};

test('FG121 FG122 borders that could not be read for a moment are told when they can be, and those that were told stay', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  let now = 0;
  t.mock.method(performance, 'now', () => now);
  const what = { indicator: 'beds', root: 'vn', depth: 'provinces', view: 'map', period: picture.period } as const;
  let stage: FigureStage = { briefing, version: 1, content: 'a'.repeat(64), what: { ...what, n: 1, mark: null } };
  const stages = Object.assign(new EventEmitter(), { get: () => stage, shown: () => [stage] });
  const told: (string | undefined)[] = [];
  const failures: unknown[] = [];
  let asked = 0;
  let read = async (): Promise<string | undefined> => Promise.reject(new Error('away'));
  const emit = (_: string, { shown }: StagedFigures) => told.push(shown?.ground);
  const notices = new FigureStageNotices(
    {
      io: {
        of: () => ({ adapter: { rooms: new Map() } }),
        local: { to: () => ({ emit }) },
      } as unknown as ChannelContext['io'],
    },
    {
      stages: stages as unknown as LiveFigureStages,
      live: new EventEmitter() as unknown as LiveFigures,
      cards: new EventEmitter() as unknown as FigureCards,
      pictures: { now: async () => picture },
      grounds: {
        of: () => {
          asked += 1;
          return read();
        },
      },
      frames: new StageFrames(() => true),
      failed: (error) => failures.push(error),
    },
  );
  t.after(() => notices.close());
  const look = async () => {
    now += STAGE_TELLS.lookMs;
    stages.emit('changed', stage);
    t.mock.timers.tick(STAGE_TELLS.everyMs);
    for (let i = 0; i < 5; i += 1) await turn();
  };
  await look();
  assert.deepEqual([told, failures.length], [[undefined], 1]);
  read = async () => 'b'.repeat(64);
  await look();
  assert.deepEqual(told, [undefined, 'b'.repeat(64)]);
  read = async () => Promise.reject(new Error('away'));
  await look();
  assert.deepEqual([told.length, failures.length], [2, 2], 'it is drawn as it was');
  stage = { ...stage, version: 2, content: 'c'.repeat(64), what: { ...what, view: 'table', n: 1, mark: null } };
  await look();
  assert.deepEqual([told.length, asked], [3, 3], 'a table has none');
});

test('FG66 while a picture is made nothing else is, and however much moves it is looked at once a second', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  let now = 0;
  t.mock.method(performance, 'now', () => now);
  const tick = async (ms: number) => {
    now += ms;
    t.mock.timers.tick(ms);
    await turn();
  };
  const what = { indicator: 'beds', root: 'vn', depth: 'provinces', view: 'map', period: picture.period } as const;
  const stage: FigureStage = { briefing, version: 1, content: 'a'.repeat(64), what: { ...what, n: 1, mark: null } };
  const stages = Object.assign(new EventEmitter(), { get: () => stage, shown: () => [stage] });
  const live = new EventEmitter();
  const told: string[] = [];
  let looks = 0;
  let go: (() => void) | undefined;
  const notices = new FigureStageNotices(
    {
      io: {
        of: () => ({ adapter: { rooms: new Map() } }),
        local: { to: () => ({ emit: (name: string) => told.push(name) }) },
      } as unknown as ChannelContext['io'],
    },
    {
      stages: stages as unknown as LiveFigureStages,
      live: live as unknown as LiveFigures,
      cards: new EventEmitter() as unknown as FigureCards,
      pictures: {
        now: async () => {
          looks += 1;
          await new Promise<void>((resolve) => (go = resolve));
          return picture;
        },
      },
      grounds: { of: async () => undefined },
      frames: new StageFrames(() => true),
      failed: (error) => assert.fail(String(error)),
    },
  );
  t.after(() => notices.close());
  const move = () => live.emit('moved', [{ indicator: 'beds', units: new Set(), older: [] }]);
  const made = async () => {
    go?.();
    await turn();
  };
  stages.emit('changed', stage);
  await tick(0);
  assert.equal(looks, 1);
  for (let i = 0; i < 5; i += 1) {
    move();
    await tick(STAGE_TELLS.everyMs);
  }
  assert.equal(looks, 1, 'it is still being made');
  await made();
  assert.deepEqual(told, ['figures.staged']);
  await tick(STAGE_TELLS.everyMs);
  assert.equal(looks, 2, 'all that moved meanwhile is looked at once');
  await made();
  for (let i = 0; i < 5; i += 1) {
    move();
    await tick(STAGE_TELLS.everyMs / 10);
    await made();
  }
  assert.equal(looks, 2, 'and what is no news is not looked at more often');
  await tick(STAGE_TELLS.everyMs);
  assert.equal(looks, 3);
  await made();
  assert.deepEqual(told, ['figures.staged']);
});

test('FG170 a mark is told at once beside figures that move, and the next one half a second after it', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  let now = 0;
  t.mock.method(performance, 'now', () => now);
  const tick = async (ms: number) => {
    now += ms;
    t.mock.timers.tick(ms);
    for (let i = 0; i < 5; i += 1) await turn();
  };
  const what = { indicator: 'beds', root: 'vn', depth: 'provinces', view: 'map', period: picture.period } as const;
  let stage: FigureStage = { briefing, version: 1, content: 'a'.repeat(64), what: { ...what, n: 1, mark: null } };
  const stages = Object.assign(new EventEmitter(), { get: () => stage, shown: () => [stage] });
  const live = new EventEmitter();
  let n = 1;
  const told: string[] = [];
  const emit = (_: string, notice: { mark?: { unit: string } | null; shown?: unknown }) =>
    told.push(notice.mark?.unit ?? (notice.shown ? 'shown' : 'moved'));
  const notices = new FigureStageNotices(
    {
      io: {
        of: () => ({ adapter: { rooms: new Map() } }),
        local: { to: () => ({ emit }) },
      } as unknown as ChannelContext['io'],
    },
    {
      stages: stages as unknown as LiveFigureStages,
      live: live as unknown as LiveFigures,
      cards: new EventEmitter() as unknown as FigureCards,
      pictures: { now: async () => ({ ...picture, n, value: n }) },
      grounds: { of: async () => undefined },
      frames: new StageFrames(() => true),
      failed: (error) => assert.fail(String(error)),
    },
  );
  t.after(() => notices.close());
  const mark = (unit?: string) => {
    const { version, what: before } = stage;
    assert.ok(before);
    const to = unit === undefined ? null : ({ kind: 'unit', unit } as const);
    stage = { ...stage, version: version + 1, what: { ...before, mark: to } };
    stages.emit('changed', stage);
  };
  stages.emit('changed', stage);
  await tick(0);
  assert.deepEqual(told, ['shown']);
  await tick(STAGE_TELLS.everyMs);
  n += 1;
  live.emit('moved', [{ indicator: 'beds', units: new Set(), older: [] }]);
  await tick(0);
  assert.deepEqual(told, ['shown', 'moved']);
  mark('10');
  await tick(0);
  assert.deepEqual(told, ['shown', 'moved', '10']);
  mark('11');
  await tick(STAGE_TELLS.actMs - 1);
  assert.deepEqual(told, ['shown', 'moved', '10']);
  await tick(1);
  assert.deepEqual(told, ['shown', 'moved', '10', '11']);
  await tick(STAGE_TELLS.actMs);
  mark();
  await tick(0);
  mark('12');
  await tick(0);
  assert.deepEqual(
    told.slice(4),
    ['moved', '12'],
    'that nothing is pointed at any more is told too, and holds back nothing',
  );
});
