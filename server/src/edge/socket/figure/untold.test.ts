import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { until } from '../../../../test/support/until.ts';
import type { FigureCards } from '../../../domain/figure/FigureCards.ts';
import { FigureLayout } from '../../../domain/figure/FigureLayout.ts';
import type { FigureService } from '../../../domain/figure/FigureService.ts';
import type { LiveFigures } from '../../../domain/figure/LiveFigures.ts';
import type { FigureCard } from '../../../protocol/figure.ts';
import type { ChannelContext } from '../channel/types.ts';
import { FigureNotices } from './FigureNotices.ts';
import { FigureWatches } from './FigureWatches.ts';

const card = (indicator: string, value: number): FigureCard => ({
  ...{ indicator, unit: 'vn', period: '2026-11-26T00:00:00.000Z', n: 1, value, former: null, series: [], oldest: null },
  ...{ coverage: { expected: 1, fresh: 1, late: 0, stale: 0, none: 0, held: 0, contested: 0 }, state: 'fresh' },
});

test('FG24 a card that cannot be told is no harm to those who watch another', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const values = new Map([
    ['wrong', 1],
    ['right', 1],
  ]);
  const layout = new FigureLayout([{ code: 'vn', path: 'vn' }]);
  const live = Object.assign(new EventEmitter(), { layout, n: 1, definitions: { indicators: new Map() } });
  const all = Object.assign(new EventEmitter(), { card: (code: string) => card(code, values.get(code) ?? 0) });
  const watches = new FigureWatches();
  const told: string[] = [];
  const failed: unknown[] = [];
  const heard = new Map<string, ReadonlySet<string>>();
  const io = {
    of: () => ({ adapter: { rooms: heard }, sockets: new Map() }),
    local: {
      in: () => ({ socketsJoin: (room: string) => heard.set(room, new Set()) }),
      to: (room: string) => ({ emit: () => told.push(room) }),
    },
  } as unknown as ChannelContext['io'];
  const parts = {
    live: live as unknown as LiveFigures,
    cards: all as unknown as FigureCards,
    watches,
    figures: {} as FigureService,
  };
  const notices = new FigureNotices(
    { io },
    { ...parts, crossings: { since: () => [] }, failed: (error) => failed.push(error), told: () => undefined },
  );
  for (const indicator of values.keys())
    watches.emit('watch', { briefing: 'b', identity: indicator, watch: { indicators: [indicator], root: 'vn' } });
  values.set('wrong', 0.5).set('right', 2);
  for (const indicator of values.keys()) all.emit('warmed', indicator);
  t.mock.timers.tick(1_000);
  // On a busy machine the second room has its turn later.
  await until('the other card is told', () => told.length > 0);
  notices.close();
  assert.deepEqual([told, failed.length], [['figures:vn:right'], 1]);
});
