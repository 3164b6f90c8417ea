import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FigureActService } from '../../../domain/figure/act/FigureActService.ts';
import { figureContests } from './acts.ts';

const official = '11111111-1111-4111-8111-111111111111';
const rehearsal = '11111111-1111-8111-8111-111111111111';

test('RH3 no figure is contested in a rehearsal, nor a contest withdrawn', async () => {
  const done: string[] = [];
  const service = { act: async (_: unknown, { act }: { act: string }) => done.push(act) };
  const acts = figureContests(service as unknown as FigureActService);
  for (const name of ['figure.contest', 'figure.withdraw'] as const) {
    const act = async (briefing: string) => acts[name]({ briefing } as never, {} as never);
    await assert.rejects(act(rehearsal), { reason: 'rehearsal' });
    await act(official);
  }
  assert.deepEqual(done, ['contest', 'withdraw']);
});

test('FG103 what is contested in a briefing says in which, so that what all had before them goes on record with it', async () => {
  const acted: unknown[] = [];
  const service = {
    act: async (_: unknown, { act }: { act: string }, briefing?: string) => acted.push([act, briefing]),
  };
  const acts = figureContests(service as unknown as FigureActService);
  await acts['figure.contest']({ briefing: official } as never, {} as never);
  assert.deepEqual(acted, [['contest', official]]);
});
