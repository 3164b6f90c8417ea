import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Platforms } from '../../../../scripts/figures/Platforms.ts';
import { economy } from '../../../src/demo/figure/economy.ts';
import { withMishaps } from '../../../src/demo/figure/mishaps.ts';
import { reportersOfDemo } from '../../../src/demo/figure/reporters.ts';
import { dayBefore } from '../../../src/demo/figure/scenario.ts';
import type { BatchAnswer } from '../../../src/protocol/figureBatch.ts';
import { Postgres } from '../../../src/store/postgres/base/Postgres.ts';
import { TestNode } from '../../support/TestNode.ts';

let node: TestNode;
let postgres: Postgres;
before(async () => {
  node = await TestNode.create();
  postgres = await Postgres.create(node.stores.databaseUrl, () => undefined, 1);
});
after(async () => {
  await postgres?.close();
  await node?.close();
});

test('FG6 FG7 FG33 platforms that repeat, slip and contradict themselves are told that their figures are simulated, and end with the record as it should be', async () => {
  const reporters = (await reportersOfDemo()).filter((_, i) => i % 150 === 0);
  const telling = { seed: 4, reporters, lastDay: dayBefore(new Date()) };
  const platforms = await Platforms.create(node.url, economy, postgres);
  const answers: { readonly key: string; readonly answer: BatchAnswer }[] = [];
  const outcomes = new Set<string>();
  try {
    for (const batch of withMishaps(economy.plain(telling), telling)) {
      const answer = await platforms.send(batch);
      answers.push({ key: batch.key, answer });
      for (const { reason } of answer.errors) outcomes.add(reason);
    }
  } finally {
    await platforms.close();
  }
  for (const same of Map.groupBy(answers, ({ key }) => key).values())
    for (const { answer } of same) assert.deepEqual(answer, same[0]?.answer);
  assert.deepEqual([...outcomes].sort(), ['contradiction', 'unknown-indicator', 'unknown-unit']);

  assert.ok(answers.every(({ answer }) => answer.simulated === true));

  const recorded = await postgres.query<{ indicator: string; cells: number; sum: number }>(
    `SELECT indicator, count(*)::int AS cells, sum(value)::float8 AS sum FROM (SELECT DISTINCT ON (indicator, period, unit) indicator, value
     FROM observations ORDER BY indicator, period, unit, revision DESC) newest GROUP BY indicator ORDER BY indicator`,
  );
  const meant = Map.groupBy(
    [...economy.plain(telling)].flatMap(({ rows }) => rows),
    ({ indicator }) => indicator,
  );
  const scale = new Map(economy.indicators.map((indicator) => [indicator.code, indicator.scale]));
  assert.deepEqual(
    recorded,
    [...meant].sort().map(([indicator, rows]) => ({
      ...{ indicator, cells: rows.length },
      sum: rows.reduce((sum, { value }) => sum + Math.round(Number(value) * 10 ** (scale.get(indicator) ?? 0)), 0),
    })),
  );
  await assert.rejects(platforms.send([...economy.plain(telling)][0] as never), /unauthenticated/);
});
