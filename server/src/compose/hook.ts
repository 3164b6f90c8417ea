import type { Bus } from '../cluster/bus/Bus.ts';
import { CompletePeriods } from '../domain/figure/complete/CompletePeriods.ts';
import type { LiveFigures } from '../domain/figure/LiveFigures.ts';
import { HookSender } from '../domain/hook/HookSender.ts';
import { Hooks } from '../domain/hook/Hooks.ts';
import type { Units } from '../domain/organisation/Units.ts';
import { mayDeliver } from '../edge/hook/hookAddress.ts';
import { isPossible, postHook } from '../edge/hook/postHook.ts';
import { hookRoutes } from '../edge/http/hook/routes.ts';
import { databaseServers } from '../lib/databaseAddress.ts';
import { refuse } from '../protocol/errors.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgHookGatherer } from '../store/postgres/hook/PgHookGatherer.ts';
import { PgHookQueue } from '../store/postgres/hook/PgHookQueue.ts';
import { PgHooks } from '../store/postgres/hook/PgHooks.ts';
import type { Base } from './Base.ts';
import type { Part } from './Part.ts';

const LOOK_EVERY_MS = 1_000;
const FORGET_EVERY_MS = 3_600_000;

interface Needs {
  readonly postgres: Postgres;
  readonly bus: Pick<Bus, 'self'>;
  readonly units: Pick<Units, 'index' | 'get'>;
  readonly figures: LiveFigures;
  readonly databaseUrl: string;
  readonly redisUrl: string;
}

/** Webhooks: programs of others that are told of acts. */
export function composeHook({ config, logger }: Pick<Base, 'config' | 'logger'>, needs: Needs) {
  const { postgres, bus, units, figures, databaseUrl, redisUrl } = needs;
  const stores = [...databaseServers(databaseUrl), redisUrl].flatMap(addressOf);
  const may = mayDeliver(stores, config.HOOKS_LOOPBACK);
  const hooks = new Hooks({
    store: new PgHooks(postgres),
    unit: (code) => units.get(code),
    nameOf: (code) => units.index.find(code)?.name,
    demandAddress: (url) => {
      if (!isPossible(url, may)) throw refuse('bad-request', 'url: nothing is delivered to this address');
    },
    now: () => new Date(),
    logger,
  });
  const sender = new HookSender({
    gatherer: new PgHookGatherer(postgres, (unit) => units.index.find(unit)?.path, new CompletePeriods(figures)),
    queue: new PgHookQueue(postgres),
    boot: bus.self.boot,
    post: (url, headers, body, stop) => postHook(url, headers, body, { may, stop }),
    now: Date.now,
    random: Math.random,
    logger,
  });
  let ended: Promise<void> | undefined;
  return {
    name: 'hook',
    routes: hookRoutes(hooks),
    sweeps: [
      { name: 'hooks', everyMs: LOOK_EVERY_MS, run: () => sender.look() },
      { name: 'old deliveries of hooks', everyMs: FORGET_EVERY_MS, run: () => sender.forget() },
    ],
    drain: () => {
      ended = sender.close();
    },
    close: () => ended ?? sender.close(),
  } satisfies Part;
}

/** Where a store of this server listens, as far as its address says. */
function addressOf(address: string): { host: string; port: number }[] {
  try {
    const { hostname, port, protocol } = new URL(address);
    return [{ host: hostname, port: Number(port) || (protocol.startsWith('redis') ? 6379 : 5432) }];
  } catch {
    return [];
  }
}
