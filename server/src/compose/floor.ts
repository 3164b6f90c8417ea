import type { Server } from 'node:http';
import type { Config } from '../config.ts';
import type { Briefings } from '../domain/briefing/Briefings.ts';
import { CallService } from '../domain/floor/CallService.ts';
import { FloorKeeper } from '../domain/floor/FloorKeeper.ts';
import { FloorService } from '../domain/floor/FloorService.ts';
import { LiveFloors } from '../domain/floor/LiveFloors.ts';
import type { Sessions } from '../domain/organisation/Sessions.ts';
import type { Units } from '../domain/organisation/Units.ts';
import { followMedia, present } from '../domain/presence/followMedia.ts';
import { Presence } from '../domain/presence/Presence.ts';
import type { Stage } from '../domain/shared/stage.ts';
import { clientAddress } from '../edge/http/clientAddress.ts';
import { Channel } from '../edge/socket/channel/Channel.ts';
import { handleCallTimeout } from '../jobs/floor/callTimeout.handler.ts';
import { callTimeout } from '../jobs/floor/callTimeout.ts';
import { FLOOR_SWEEP_MS, sweepFloor } from '../jobs/floor/floorSweep.ts';
import type { Jobs } from '../jobs/Jobs.ts';
import type { Closer } from '../lib/Closer.ts';
import { type Clock, systemClock } from '../lib/clock.ts';
import { every } from '../lib/every.ts';
import type { Logger } from '../observability/logger.ts';
import type { Account } from '../protocol/organisation.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgFloor } from '../store/postgres/floor/PgFloor.ts';
import { PgPresence } from '../store/postgres/presence/PgPresence.ts';
import { connectBus } from '../store/redis/Redis.ts';
import type { composeDirectives } from './directive.ts';
import type { composeRollcall } from './rollcall.ts';

/** Seen and gone is written this often; what a crash loses is no more than that. */
const PRESENCE_SAVE_MS = 5_000;

interface Base {
  readonly config: Config;
  readonly logger: Logger;
  readonly closer: Closer;
}

/** Floor and presence of live briefings, and what keeps them and the hall together. */
export function composeFloor({ logger }: Base, postgres: Postgres, units: Units, stage: Stage) {
  const store = new PgFloor(postgres);
  const live = new LiveFloors();
  const names = {
    name: (code: string) => units.index.find(code)?.name,
    path: (code: string) => units.index.find(code)?.path,
  };
  const presence = new Presence({ store: new PgPresence(postgres), names, clock: systemClock });
  const attendance = {
    open: (briefing: string) => presence.open(briefing, present(stage, briefing)),
    close: (briefing: string) => presence.close(briefing),
  };
  const keeper = new FloorKeeper({ store, live, stage, presence: attendance }, (err, briefing) =>
    logger.warn({ err, briefing }, 'the floor could not follow; the sweep tries again'),
  );
  const unfollow = followMedia(stage, presence, (briefing, identity, line) => keeper.line(briefing, identity, line));
  return { store, live, presence, keeper, unfollow };
}

interface ChannelNeeds {
  readonly floor: ReturnType<typeof composeFloor>;
  readonly rollcall: Awaited<ReturnType<typeof composeRollcall>>;
  readonly directives: ReturnType<typeof composeDirectives>;
  /** Puts a device whose session ended out of the media room as well. */
  readonly expel: (briefing: string, identity: string) => Promise<void>;
  readonly briefings: Briefings;
  /** Not started yet. */
  readonly jobs: Jobs;
  /** PostgreSQL's, as far as it is known without asking. */
  readonly clock: Clock;
  readonly sessions: Sessions;
  readonly units: Units;
  readonly http: Server;
  readonly publicUrl: string;
  readonly redisUrl: string;
}

/** The order channel and its acts, the jobs that wake them, the sweeps that find the rest. */
export function composeChannel({ config, logger, closer }: Base, needs: ChannelNeeds): Channel {
  const { expel, briefings, jobs, clock, rollcall, sessions, units, http, publicUrl, redisUrl } = needs;
  const { store, live, presence, keeper } = needs.floor;

  const calls = new CallService({
    store,
    live,
    devices: presence,
    units: { find: (code) => units.index.find(code) },
    alarm: {
      ringing: ({ id, briefing, ringingAt, deadline }) => {
        const ringMs = Date.parse(deadline) - Date.parse(ringingAt);
        jobs.wake(callTimeout, id, { briefing, call: id }, ringMs);
      },
    },
  });
  jobs.register(callTimeout, handleCallTimeout(calls));

  const goLive = async (account: Account, briefing: string) => {
    await briefings.act(account, briefing, 'live');
  };
  const floor = new FloorService({ store, live, devices: presence, briefings: { goLive } });

  const bus = connectBus(redisUrl);
  closer.defer('bus', () => bus.disconnect());
  const channel = Channel.create({
    http,
    publicUrl,
    returnsPerSecond: config.RETURNS_PER_SECOND,
    logger,
    bus,
    floor,
    calls,
    live,
    presence,
    clock,
    ...rollcall,
    directiveNews: needs.directives.news,
    addressOf: clientAddress(config.TRUST_PROXY),
    readBriefing: (account, id) => briefings.read(account, id),
    authenticate: (proof) => sessions.authenticate(proof),
    renew: (caller) => sessions.renew(caller),
    expel,
    sessionsOver: (ids) => sessions.over(ids),
    admit: (caller, briefing) => briefings.admit(caller, briefing),
    prepare: (briefing) => keeper.ensure(briefing.id, briefing.stage),
  });
  closer.own('order channel', channel);
  briefings.on('changed', (briefing) => channel.briefingChanged(briefing));

  const failed = (err: unknown) => logger.warn({ err }, 'a sweep failed; the next one tries again');
  const sweep = every(FLOOR_SWEEP_MS, () => sweepFloor({ store, calls, keeper }), failed);
  closer.own('floor sweep', sweep);
  closer.defer('presence, the last of it', () => presence.save());
  const save = every(PRESENCE_SAVE_MS, () => presence.save(), failed);
  closer.own('presence', save);
  return channel;
}
