/**
 * Gives a directive to every commune of the country and lets all of them answer at the same moment. Its options:
 * usage: npm run dh -- bench directive [--json]
 */
import { randomUUID } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import type { Account } from '../../server/src/protocol/organisation.ts';
import { DirectiveWorld, type Doing } from '../../server/test/support/DirectiveWorld.ts';
import { openStores } from '../../server/test/support/stores.ts';
import { runCommand } from '../support/openDatabase.ts';

const usage = `Gives a directive to every commune of the country and lets all of them answer at the same moment.

usage: npm run dh -- bench directive [--json]

  --json   print the result as JSON

PostgreSQL is started with a folder of its own; there are no sockets in between: what is measured is domain and store, in one process. Goal: issuing blocks the event
loop for at most 100 ms (DR12).`;

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
});

const GOAL_MS = 100;
const ISSUE = 'issue to every commune';

interface Cost {
  readonly what: string;
  readonly ms: number;
  /** The longest that the node did nothing else. */
  readonly blockedMs: number;
}

runCommand(usage, async () => {
  const stores = await openStores();
  const world = await DirectiveWorld.create(stores.databaseUrl);
  try {
    const costs = await measureAll(world);
    if (values.json) console.log(JSON.stringify(costs));
    else
      for (const { what, ms, blockedMs } of costs)
        console.log(`${what.padEnd(52)} ${ms.toFixed(0).padStart(6)} ms, blocked ${blockedMs.toFixed(0)} ms at most`);
    if (costs.some(({ what, blockedMs }) => what === ISSUE && blockedMs > GOAL_MS)) process.exitCode = 1;
  } finally {
    await world.close();
    await stores.close();
  }
});

async function measureAll(world: DirectiveWorld): Promise<Cost[]> {
  const pm = await world.person('principal', 'vn');
  // Acts are recorded by unit; who signs them makes no difference to the work.
  const chairs = world.units.index.baseUnits(['vn']).map((unit): Account => ({ ...pm, role: 'seat', unit }));
  const costs: Cost[] = [];
  const measured = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const begin = performance.now();
    const result = await work();
    const ms = performance.now() - begin;
    delay.disable();
    costs.push({ what, ms, blockedMs: delay.max / 1e6 });
    return result;
  };
  await world.issue(pm); // so that nothing is done for the first time below
  const directive = await measured(ISSUE, () => world.issue(pm));
  const keys = chairs.map(() => randomUUID());
  const say = (doing: Doing) =>
    Promise.all(chairs.map((chair, i) => world.act(chair, directive, { ...doing, key: keys[i] as string })));
  const delivered = () => Promise.all(chairs.map((chair) => world.act(chair, directive, { act: 'delivered' })));
  const words = { name: 'Nguyễn Văn A', words: 'Giao Phó Chủ tịch phụ trách văn xã, báo cáo trước 17 giờ.' };
  await measured('all report that it came', delivered);
  await measured('all acknowledge', () => say({ act: 'acknowledge', ...words, promised: '2099-12-31' }));
  await measured('all repeat that under the same key', () =>
    say({ act: 'acknowledge', ...words, promised: '2099-12-31' }),
  );
  const provinces = world.units.index.children('vn').map(({ path }) => path);
  await measured(`board of the country and its ${provinces.length} provinces`, () =>
    world.board.board(pm, directive.id),
  );
  await measured('rows of all of them for a tick', () => world.board.rows(directive.id, ['vn', ...provinces]));
  await measured('recall', () => world.recall(pm, directive));
  return costs;
}
