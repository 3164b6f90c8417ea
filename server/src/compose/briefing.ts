import { nodeTopic } from '../cluster/bus/nodeTopic.ts';
import { briefingTopic } from '../cluster/topics/briefing.ts';
import { Briefings } from '../domain/briefing/Briefings.ts';
import { Entrance } from '../domain/briefing/Entrance.ts';
import { identityOf } from '../domain/briefing/identity.ts';
import { LiveBriefings } from '../domain/briefing/LiveBriefings.ts';
import { TOKEN_SECONDS } from '../domain/briefing/limits.ts';
import { TokenKeys } from '../domain/briefing/TokenKeys.ts';
import type { SteadyClock } from '../domain/clock/SteadyClock.ts';
import type { FloorKeeper } from '../domain/floor/FloorKeeper.ts';
import { isWanted } from '../domain/floor/isWanted.ts';
import type { LiveFloors } from '../domain/floor/LiveFloors.ts';
import { audienceOf, briefingFit } from '../domain/nodes/capacity/briefingFit.ts';
import measuredCosts from '../domain/nodes/capacity/costs.json' with { type: 'json' };
import { costsSchema, scaledCosts } from '../domain/nodes/capacity/costs.ts';
import { JoinTurns } from '../domain/nodes/JoinTurns.ts';
import type { EndedSessions } from '../domain/organisation/EndedSessions.ts';
import type { Lists } from '../domain/organisation/Lists.ts';
import type { AccountStore } from '../domain/organisation/ports.ts';
import type { Caller, Sessions } from '../domain/organisation/Sessions.ts';
import type { Units } from '../domain/organisation/Units.ts';
import { CATCH_UP_EVERY_MS } from '../domain/shared/CatchUp.ts';
import type { StageControl } from '../domain/shared/stage.ts';
import { placeSeal } from '../edge/http/briefing/placeSeal.ts';
import { briefingRoutes } from '../edge/http/briefing/routes.ts';
import { briefingDoor } from '../edge/livekit/briefingDoor.ts';
import { signBriefingToken } from '../edge/livekit/briefingTokens.ts';
import type { Tokens } from '../edge/livekit/tokens.ts';
import { BriefingNotices } from '../edge/socket/briefing/BriefingNotices.ts';
import type { Clock } from '../lib/clock.ts';
import { type JoinAnswer, participantAttributes } from '../protocol/briefing.ts';
import type { Postgres } from '../store/postgres/base/Postgres.ts';
import { PgBriefings } from '../store/postgres/briefing/PgBriefings.ts';
import { PgTokenKeys } from '../store/postgres/briefing/PgTokenKeys.ts';
import type { Base } from './Base.ts';
import type { composeNodes } from './nodes.ts';
import type { Part } from './Part.ts';

/** A key is due once a day; looked at so often, it is late by a minute at most. */
const KEY_CHECK_MS = 60_000;

interface Needs {
  readonly postgres: Postgres;
  readonly units: Units;
  readonly lists: Lists;
  readonly accountStore: AccountStore;
  readonly sessions: Sessions;
  readonly ended: EndedSessions;
  readonly tokens: Tokens;
  readonly stage: StageControl;
  readonly keeper: FloorKeeper;
  readonly live: LiveFloors;
  readonly clock: Clock;
  readonly steady: SteadyClock;
  readonly nodes: Pick<ReturnType<typeof composeNodes>, 'placeOf' | 'openNodes' | 'registered'>;
  readonly forClients: Pick<JoinAnswer, 'iceServers' | 'camera' | 'screen'>;
}

/**
 * Briefings and the entrance of their rooms; those that ran before a restart are open again when the part has started.
 */
export async function composeBriefing({ config, logger }: Base, needs: Needs) {
  const {
    postgres,
    units,
    lists,
    accountStore,
    sessions,
    ended,
    tokens,
    nodes,
    clock,
    steady,
    stage,
    keeper,
    live: floors,
    forClients,
  } = needs;
  // PL31: nobody has measured the machines of the nodes.
  const measured = costsSchema.parse(measuredCosts);
  const costs = scaledCosts(measured, 1 + measured.worstError);
  const store = new PgBriefings(postgres);
  const live = new LiveBriefings(store);
  const keys = await TokenKeys.create(new PgTokenKeys(postgres));
  const entrance = new Entrance({
    running: (briefing) => {
      const [floor, scope] = [floors.get(briefing), live.get(briefing)?.scope];
      return floor && scope && { scope, removed: floor.removed };
    },
    store,
    sessionOf: (id) => sessions.byId(id),
    today: ({ unit, ...account }) => sessions.describe({ ...account, unit: unit.code }),
  });
  const sign = (room: string, caller: Caller) => {
    const { session, account } = caller;
    return signBriefingToken(keys, { room, session, account: account.id, identity: identityOf(caller) }, TOKEN_SECONDS);
  };
  tokens.guard(briefingDoor(entrance, keys, sign));
  const briefings = new Briefings({
    store,
    clock: steady,
    units,
    lists,
    accounts: accountStore,
    stage: { open: (b) => keeper.open(b.id, b.stage), close: (b) => keeper.close(b.id) },
    removed: { has: (briefing, identity) => keeper.isRemoved(briefing, identity) },
    tokens: {
      issue: (room, caller) => {
        entrance.expect(caller);
        return sign(room, caller);
      },
    },
    placeOf: nodes.placeOf,
    fitOf: (devices) =>
      briefingFit(
        { costs, joins: config.JOINS_PER_SECOND },
        audienceOf(devices, forClients.camera),
        nodes.registered(),
      ),
    turns: new JoinTurns({
      perSecond: config.JOINS_PER_SECOND,
      nodes: nodes.openNodes,
      expected: (scope) => units.index.baseUnits(scope).map(({ path }) => path),
      nameOf: (path) => units.index.findPath(path)?.name,
      isWanted: (briefing, who) => isWanted(floors.get(briefing), who),
      seal: placeSeal(keys),
      now: () => clock.now().getTime(),
    }),
    media: forClients,
    failed: (err, { id }) => logger.error({ err, briefing: id }, 'the room could not follow; the sweep tries again'),
  });
  briefings.on('changed', (briefing) => {
    const { id, state, epoch } = briefing;
    logger.info({ briefing: id, state, epoch }, 'briefing changed');
    live.apply(briefing);
  });
  live.on('changed', ({ id, state }) => {
    if (state === 'closed') entrance.close(id);
  });
  // Whoever is out is out of the media room as well, whatever their token says.
  ended.on('ended', (sessions) => {
    for (const { room, identity } of entrance.end(sessions)) void stage.remove(room, identity);
  });
  // Whose unit lies elsewhere now sees something else: they join anew, if they still may.
  units.on('changed', () => {
    for (const briefing of floors.briefings())
      for (const { identity, attributes } of stage.participants(briefing))
        if (hasMoved(units, attributes)) void stage.rejoin(briefing, identity);
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
    routes: briefingRoutes(briefings, sessions),
    sweeps: [
      { name: 'briefings', everyMs: CATCH_UP_EVERY_MS, run: () => live.sweep() },
      { name: 'keys of tokens', everyMs: KEY_CHECK_MS, run: () => keys.rotate() },
    ],
    start: async () => {
      const reopened = await briefings.reopen();
      await live.sweep();
      if (reopened > 0) logger.info({ briefings: reopened }, 'running briefings reopened');
    },
  } satisfies Part;
  /** By an act it was found that their account is another: their media follows at once. */
  const moved = (briefing: string, caller: Caller) => {
    entrance.expect(caller);
    void stage.rejoin(briefing, identityOf(caller));
  };
  return { part, briefings, liveBriefings: live, moved };
}

const hasMoved = (units: Units, attributes: Readonly<Record<string, string>>): boolean =>
  units.index.find(attributes[participantAttributes.unit] ?? '')?.path !== attributes[participantAttributes.path];
