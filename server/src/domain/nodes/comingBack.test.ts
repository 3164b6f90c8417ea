import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DomainError } from '../../protocol/errors.ts';
import { drainPace } from './drainPace.ts';
import { JoinTurns } from './JoinTurns.ts';
import { Placement } from './Placement.ts';
import type { PlaceableNode } from './place.ts';

/** What a node lets in by default, a second. */
const JOINS = 20;
const STEP_MS = 100;
/** From the answer of `/join` until it is at its node. */
const CONNECTS_MS = 500;

const seal = {
  close: async (place: object) => JSON.stringify(place),
  open: async (kept: string) => JSON.parse(kept),
};

/** Nodes of one installation, as busy as they are said to be, and those who lost theirs, in time that passes by steps. */
function installation(workers: readonly number[]) {
  let now = Date.parse('2021-08-20T00:30:00.000Z');
  const nodes = workers.map(
    (used, i): PlaceableNode => ({
      ...{ boot: `node ${i}`, region: 'south', cores: 4, joins: JOINS, draining: false },
      load: { packets: 0, mbit: 0, workers: used, loop: 0 },
    }),
  );
  interface Door {
    readonly turns: JoinTurns;
    readonly placement: Placement;
  }
  const doors: readonly Door[] = nodes.map((_, i) => ({
    turns: new JoinTurns({
      ...{ perSecond: JOINS, nodes: () => nodes.length, expected: () => [], nameOf: () => undefined },
      ...{ isWanted: () => false, seal, now: () => now },
    }),
    placement: new Placement({
      nodes: () => nodes,
      expectedByOthers: (boot) =>
        doors
          .filter((_, other) => other !== i)
          .reduce((sum, { placement }) => sum + (placement.reservations.expected().get(boot) ?? 0), 0),
      need: { packets: 200, mbit: 2 },
      region: 'south',
      now: () => now,
    }),
  }));
  const briefing = { id: 'b', stage: 'vn', scope: ['vn'], openedAt: null, epoch: 1 };
  /** By second and node. */
  const came = new Map<string, number>();
  const cameTo = new Map<string, number>();
  const waits: number[] = [];
  const asking: { at: number; readonly identity: string; kept: string; readonly since: number }[] = [];
  const connecting: { readonly at: number; readonly identity: string; readonly boot: string }[] = [];
  let asked = 0;

  /** Their node is gone, or has sent them away. */
  const lose = (identity: string): void => {
    const kept = JSON.stringify({ briefing: 'b', identity, at: now - 600_000, entered: true });
    asking.push({ at: now, identity, kept, since: now });
  };
  const step = async (): Promise<void> => {
    for (const one of asking.splice(0)) {
      if (one.at > now) {
        asking.push(one);
        continue;
      }
      // The balancer sends to one after the other.
      const { turns, placement } = doors[asked++ % doors.length] as Door;
      const unit = { code: one.identity, path: `vn.${one.identity}` };
      try {
        const account = one.identity;
        await turns.enter({ briefing, identity: one.identity, account, unit, atOnce: false, kept: one.kept });
        waits.push(now - one.since);
        const { boot } = placement.send(one.identity, { atOnce: false });
        connecting.push({ at: now + CONNECTS_MS, identity: one.identity, boot });
      } catch (error) {
        assert.ok(error instanceof DomainError && error.place, String(error));
        asking.push({ ...one, kept: error.place.kept, at: now + 1_000 * (error.retryAfterSeconds ?? 0) });
      }
    }
    for (const { identity, boot } of connecting.filter(({ at }) => at === now)) {
      const key = `${Math.floor(now / 1_000)} ${boot}`;
      came.set(key, (came.get(key) ?? 0) + 1);
      cameTo.set(boot, (cameTo.get(boot) ?? 0) + 1);
      for (const { placement } of doors) placement.reservations.came(identity, boot);
    }
    now += STEP_MS;
    await new Promise(setImmediate);
  };
  const most = () => Math.max(...came.values());
  return { nodes, lose, step, waits, most, cameTo };
}

test('PL22 the viewers of one of two nodes that dies are at the other within half a minute, and never more at once than it lets in', async () => {
  const { lose, step, waits, most, cameTo } = installation([1]);
  for (let i = 0; i < 1_297; i++) lose(`viewer-${i}`);
  for (let i = 0; i < 400; i++) await step();
  assert.deepEqual(Object.fromEntries(cameTo), { 'node 0': 1_297 });
  // Two seconds' worth in the first one, since nobody waits for less.
  assert.equal(most(), 4 * JOINS);
  assert.ok(Math.max(...waits) <= 32_000, `${Math.max(...waits)}`);
});

test('PL22 PL23 a node that drains is followed by the others, also where one of them has just been started: nobody waits for more than a second', async () => {
  const { nodes, lose, step, waits, most, cameTo } = installation([0, 2]);
  const left = Array.from({ length: 865 }, (_, i) => `viewer-${i}`);
  for (let owed = 0, i = 0; i < 300; i++) {
    owed += (drainPace(nodes, 'south', 1_000) * STEP_MS) / 1_000;
    for (const one of left.splice(0, Math.floor(owed))) lose(one);
    owed -= Math.floor(owed);
    await step();
  }
  const [fresh = 0, used = 0] = ['node 0', 'node 1'].map((boot) => cameTo.get(boot));
  assert.equal(fresh + used, 865);
  assert.ok(fresh <= 750 && used > 100, `${fresh} and ${used}: all were sent to the emptier one`);
  assert.ok(Math.max(...waits) <= 1_000, `${Math.max(...waits)}`);
  assert.ok(most() <= 3 * JOINS, `${most()} at one node in a second`);
});
