import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { Quotas } from '../../../lib/Quotas.ts';
import type { Account, Unit } from '../../../protocol/organisation.ts';
import { ACTING, ACTS_OF_ONE } from '../limits.ts';
import { FigureActService, type FigureActStore } from './FigureActService.ts';

const unit = { code: '10001', path: 'vn.79.10001', tier: 'commune', name: 'Phường Một' } as Unit;
const seat = (id: string): Account => ({ id, name: 'Ban', role: 'seat', unit });

/** A node whose store records all that it is asked. */
function node(act: FigureActStore['act'] = async () => ({ n: 1, values: 1 })) {
  const quotas = new Quotas();
  const parts = {
    store: { act },
    tree: () => ({}) as never,
    committed: () => undefined,
  };
  const service = new FigureActService({ ...parts, quotas });
  const value = { indicator: 'beds', unit: '10001', period: '2026-11-26T17:00:00.000Z', source: 'moh', revision: 1 };
  const contest = (id: string) => service.act(seat(id), { key: randomUUID(), act: 'contest', of: { values: [value] } });
  return { quotas, contest };
}

test('FG85 one account acts so often and no more, over all nodes, and holds up no other', async () => {
  const [here, there] = [node(), node()];
  const asked = Array.from({ length: ACTS_OF_ONE.burst + 3 }, () => here.contest('a'));
  const refused = (await Promise.allSettled(asked)).flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  assert.deepEqual(
    refused.map(({ reason }) => reason),
    Array(3).fill('rate-limited'),
  );
  await here.contest('b');
  there.quotas.hear(here.quotas.takeNews());
  await assert.rejects(there.contest('a'), { reason: 'rate-limited' });
  await there.contest('b');
});

test('FG85 however many act at once, two are with the store, and the others come in their order', async () => {
  const under: (() => void)[] = [];
  const { contest } = node(() => new Promise((resolve) => under.push(() => resolve({ n: 1, values: 1 }))));
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const asked = Array.from({ length: 20 }, () => contest('a'));
  for (let done = 0; done < asked.length; done += 1) {
    await turn();
    assert.equal(under.length, Math.min(done + ACTING.atOnce, asked.length));
    under[done]?.();
  }
  await Promise.all(asked);
});
