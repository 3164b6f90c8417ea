import { nodeTopic } from '../cluster/bus/Topic.ts';
import { briefingTopic } from '../cluster/topics/briefing.ts';
import { Briefings } from '../domain/briefing/Briefings.ts';
import { Entrance } from '../domain/briefing/Entrance.ts';
import { identityOf } from '../domain/briefing/identity.ts';
import { LiveBriefings } from '../domain/briefing/LiveBriefings.ts';
import type { FloorKeeper } from '../domain/floor/FloorKeeper.ts';
import type { LiveFloors } from '../domain/floor/LiveFloors.ts';
import type { Accounts } from '../domain/organisation/Accounts.ts';
import type { Lists } from '../domain/organisation/Lists.ts';
import type { Units } from '../domain/organisation/Units.ts';
import { CATCH_UP_EVERY_MS } from '../domain/shared/CatchUp.ts';
import type { StageControl } from '../domain/shared/stage.ts';
import { briefingRoutes } from '../edge/http/briefing/routes.ts';
import { refreshTtlSeconds, type Tokens } from '../edge/livekit/tokens.ts';
import { BriefingNotices } from '../edge/socket/briefing/BriefingNotices.ts';
import { systemClock } from '../lib/clock.ts';
import type { JoinAnswer } from '../protocol/briefing.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgBriefings } from '../store/postgres/briefing/PgBriefings.ts';
import type { Base } from './Base.ts';
import type { Part } from './Part.ts';

/** Everybody joins as a listener; the floor lifts them. */
const LISTENER = { canPublish: false, canPublishData: false, canSubscribe: true } as const;

interface Needs {
  readonly postgres: Postgres;
  readonly units: Units;
  readonly lists: Lists;
  readonly accounts: Accounts;
  readonly tokens: Tokens;
  readonly stage: StageControl;
  readonly keeper: FloorKeeper;
  readonly live: LiveFloors;
  readonly forClients: Pick<JoinAnswer, 'iceServers' | 'camera'>;
}

/**
 * Briefings and the entrance of their rooms; those that ran before a restart are open again when the part has started.
 */
export function composeBriefing({ config, logger }: Base, needs: Needs) {
  const { postgres, units, lists, accounts, tokens, stage, keeper, live: floors, forClients } = needs;
  const store = new PgBriefings(postgres);
  const live = new LiveBriefings(store);
  const entrance = new Entrance({ running: (briefing) => floors.get(briefing), store, clock: systemClock });
  tokens.guard((room, identity) => entrance.check(room, identity));
  const briefings = new Briefings({
    store,
    units,
    lists,
    stage: { open: (b) => keeper.open(b.id, b.stage), close: (b) => keeper.close(b.id) },
    removed: { has: (briefing, identity) => keeper.isRemoved(briefing, identity) },
    tokens: {
      issue: (who) => {
        entrance.readmit(who.identity);
        return tokens.issueJoin(who, LISTENER, refreshTtlSeconds);
      },
    },
    signalUrl: config.publicUrl.replace(/^http/, 'ws'),
    media: forClients,
    failed: (err, { id }) => logger.error({ err, briefing: id }, 'the room could not follow; the sweep tries again'),
  });
  briefings.on('changed', (briefing) => {
    const { id, state, epoch } = briefing;
    logger.info({ briefing: id, state, epoch }, 'briefing changed');
    live.apply(briefing);
  });
  /** Puts a device whose session ended out of the media room, whatever its token says. */
  const expel = (briefing: string, identity: string) => {
    entrance.expel(identity, refreshTtlSeconds);
    return stage.remove(briefing, identity);
  };
  accounts.on('deviceOut', (account, device) => {
    for (const briefing of floors.briefings()) void expel(briefing, identityOf({ account, device }));
  });

  const part = {
    name: 'briefing',
    notices: (channel) => new BriefingNotices(channel, live),
    nodeTopics: [
      nodeTopic(briefingTopic, {
        tell: (publish) => briefings.on('changed', publish),
        hear: (briefing) => live.apply(briefing),
      }),
    ],
    routes: briefingRoutes(briefings),
    sweeps: [{ name: 'briefings', everyMs: CATCH_UP_EVERY_MS, run: () => live.sweep() }],
    start: async () => {
      const reopened = await briefings.reopen();
      if (reopened > 0) logger.info({ briefings: reopened }, 'running briefings reopened');
    },
  } satisfies Part;
  return { part, briefings, expel };
}
