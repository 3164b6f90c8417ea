import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomOf } from '../../../../test/support/randomOf.ts';
import { Quotas } from '../../../lib/Quotas.ts';
import { ACTS } from '../../../protocol/channelLimits.ts';
import { ActBudget, TOLD_FROM } from './ActBudget.ts';

test('CH5 acts are counted by account, from its first one on, until its window is over', () => {
  let now = 0;
  const budget = new ActBudget(10_000, new Quotas(), () => now);
  const spendAt = (at: number, account = 'a') => {
    now = at;
    return budget.spend(account);
  };
  assert.deepEqual(
    [0, 9_999, 10_000].map((at) => spendAt(at)),
    [
      { acts: 1, leftMs: 10_000 },
      { acts: 2, leftMs: 1 },
      { acts: 1, leftMs: 10_000 },
    ],
  );
  assert.equal(spendAt(10_000, 'b').acts, 1);
  assert.equal(spendAt(19_999).acts, 2);
});

test('CH5 CL43 acts at two nodes are counted together; of those who do little nobody is told', () => {
  const quotas = [new Quotas(), new Quotas()] as const;
  const [one, two] = quotas.map((q) => new ActBudget(10_000, q, () => 0)) as [ActBudget, ActBudget];
  const exchange = () => {
    const [first, second] = quotas.map((q) => q.takeNews());
    quotas[0].hear(second ?? []);
    quotas[1].hear(first ?? []);
    return [first?.length, second?.length];
  };
  for (let i = 0; i < 14; i++) one.spend('calm');
  assert.deepEqual(exchange(), [0, 0]);
  for (let i = 0; i < 40; i++) one.spend('eager');
  assert.deepEqual(exchange(), [1, 0]);
  assert.equal(two.spend('eager').acts, 41);
  assert.deepEqual(exchange(), [0, 1]);
  assert.equal(one.spend('eager').acts, 42, 'what came from the other is not told back');
});

/** CL43: until the others have heard of it, with the way there. */
const TOLD_WITHIN_MS = 255;

/** Nodes of which each hears a quarter of a second late what an account does at the others. */
class Doors {
  readonly #budgets: readonly ActBudget[];
  readonly #deliveries: { readonly at: number; readonly run: () => void }[] = [];
  #now = 0;

  constructor(nodes: number) {
    const all: Quotas[] = [];
    const waiting = new Set<number>();
    for (let i = 0; i < nodes; i += 1) {
      const tell = () => {
        waiting.delete(i);
        const news = all[i]?.takeNews() ?? [];
        for (const other of all) if (other !== all[i]) other.hear(news);
      };
      all.push(
        new Quotas(() => {
          if (!waiting.has(i)) this.#deliveries.push({ at: this.#now + TOLD_WITHIN_MS, run: tell });
          waiting.add(i);
        }),
      );
    }
    this.#budgets = all.map((quotas) => new ActBudget(ACTS.withinMs, quotas, () => this.#now));
  }

  /** @returns whether it got through */
  act(node: number, at: number): boolean {
    for (let next = this.#deliveries[0]; next && next.at <= at; next = this.#deliveries[0]) {
      this.#deliveries.shift();
      this.#now = next.at;
      next.run();
    }
    this.#now = at;
    return (this.#budgets[node]?.spend('a').acts ?? 0) <= ACTS.most;
  }
}

test('CH5 CL50 however an account spreads its acts over nodes, what gets through too many is what nobody could have heard of', () => {
  let spread = 0;
  for (let seed = 0; seed < 500; seed += 1) {
    const random = randomOf(seed);
    const nodes = 2 + Math.floor(random() * 4);
    const doors = new Doors(nodes);
    const pauseMs = random() * 100;
    const through: { readonly node: number; readonly at: number }[] = [];
    for (let at = 0; at < ACTS.withinMs; at += random() * pauseMs) {
      const node = Math.floor(random() * nodes);
      if (doors.act(node, at)) through.push({ node, at });
    }
    const last = through.at(-1);
    const unheard = through.filter(({ node, at }) => node !== last?.node && at > (last?.at ?? 0) - TOLD_WITHIN_MS);
    const most = ACTS.most + (nodes - 1) * (TOLD_FROM - 1) + unheard.length;
    assert.ok(through.length <= most, `seed ${seed}: ${through.length} of ${most}`);
    for (let node = 0; node < nodes; node += 1)
      assert.ok(through.filter((act) => act.node === node).length <= ACTS.most, `seed ${seed}`);
    if (through.length > ACTS.most) spread += 1;
  }
  assert.ok(spread > 50, `only in ${spread} worlds more than at one node got through`);
});

test('CH5 CL50 windows of nodes that end one after the other give an account no whole budget at each', () => {
  const nodes = 4;
  const doors = new Doors(nodes);
  // Each is heard of by the others before the next window begins, in the last moment of theirs.
  const begins = (node: number) => node * (TOLD_WITHIN_MS + 45);
  for (let node = 0; node < nodes; node += 1) doors.act(node, begins(node));
  let through = 0;
  for (let node = 0; node < nodes; node += 1)
    for (let i = 0; i < ACTS.most; i += 1) if (doors.act(node, ACTS.withinMs + begins(node))) through += 1;
  assert.equal(through, ACTS.most);
});
