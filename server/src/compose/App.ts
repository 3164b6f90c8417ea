import type { Server } from 'node:http';
import type { Config } from '../config.ts';
import type { DemoLink } from '../demo/loadDemo.ts';
import { StageFrames } from '../domain/figure/stage/StageFrames.ts';
import { Arrivals } from '../domain/shared/Arrivals.ts';
import { CATCH_UP_EVERY_MS } from '../domain/shared/CatchUp.ts';
import { Closer } from '../lib/Closer.ts';
import { every } from '../lib/every.ts';
import { OnwardClock } from '../lib/OnwardClock.ts';
import type { StartRefusal } from '../lib/StartRefusal.ts';
import { Health } from '../observability/health.ts';
import type { Logger } from '../observability/logger.ts';
import { Metrics } from '../observability/metrics.ts';
import { PgFloor } from '../store/postgres/floor/PgFloor.ts';
import { PgInstallation } from '../store/postgres/organisation/PgInstallation.ts';
import { PgPresence } from '../store/postgres/presence/PgPresence.ts';
import { composeApiKeys } from './apiKeys.ts';
import { composeAsked } from './asked.ts';
import { composeAttendance } from './attendance.ts';
import type { Base } from './Base.ts';
import { composeBackup } from './backup.ts';
import { composeBriefing } from './briefing.ts';
import { composeCaps } from './caps.ts';
import { composeCarrier } from './carrier.ts';
import { composeCascade } from './cascade.ts';
import { composeChannel } from './channel.ts';
import { composeClock } from './clock.ts';
import { composeConditions } from './conditions.ts';
import { composeContradiction } from './contradiction.ts';
import { composeDemo, composeDemoRoles, decideDemo, requireDemoPossible } from './demo.ts';
import { composeDirective } from './directive.ts';
import { directiveStores } from './directiveStores.ts';
import { composeFigure } from './figure.ts';
import { composeFigureDesk } from './figureDesk.ts';
import { composeFigurePull } from './figurePull.ts';
import { composeFigureSelection, composeSelectionBook } from './figureSelection.ts';
import { composeFigureStage } from './figureStage.ts';
import { composeFloor } from './floor.ts';
import { composeHands } from './hands.ts';
import { composeHook } from './hook.ts';
import { composeHttp, openPorts } from './http.ts';
import { composeInvitation } from './invitation.ts';
import { composeIsolation } from './isolation.ts';
import { composeJoining } from './joining.ts';
import { composeMedia } from './media.ts';
import { composeMetrics } from './metrics.ts';
import { composeMinutes } from './minutes.ts';
import { composeNodeDesk } from './nodeDesk.ts';
import { composeNodeHistory } from './nodeHistory.ts';
import { composeNodes } from './nodes.ts';
import { composeOrganisation } from './organisation.ts';
import { actsOf, gather, type Part, type Sweep } from './Part.ts';
import { composePresence } from './presence.ts';
import { composeProgramme } from './programme.ts';
import { composeQuestion } from './question.ts';
import { composeQuotas } from './quotas.ts';
import { composeReadiness } from './readiness.ts';
import { composeRecordRoom } from './recordRoom.ts';
import { composeRefusals } from './refusals.ts';
import { composeReport } from './report.ts';
import { composeResubmission } from './resubmission.ts';
import { composeRollcall } from './rollcall.ts';
import { rollcallStores } from './rollcallStores.ts';
import { composeRooms } from './rooms.ts';
import { composeScreen } from './screen.ts';
import { composeSlides } from './slides.ts';
import { composeStageLooks } from './stageLooks.ts';
import { composeStageMedia } from './stageMedia.ts';
import { composeStores } from './stores.ts';

/**
 * The whole object graph of a node, in the order in which it is made; `close` goes the other way round. Each slice is
 * wired in a file of its own beside this one and hands in its part; the hubs take parts and know no slice.
 */
export class App {
  /** What this node listens on, `http://HOST:PORT`. */
  readonly address: string;
  readonly port: number;
  /** Where programs of the operator ask, likewise. */
  readonly internalAddress: string;
  readonly server: Server;
  /** Ways to walk into the demo organisation; empty without it. */
  readonly demoLinks: readonly DemoLink[];
  /** Nobody can sign in: there is no account yet. */
  readonly isEmpty: boolean;
  /** Why this node must end: another one serves its database. Pending as long as it need not. */
  readonly over: Promise<StartRefusal>;
  /** PL4: sends everybody to other nodes, where there are any; resolves when they have gone, or have had their time. */
  readonly leave: () => Promise<void>;
  readonly #closer: Closer;

  private constructor(
    parts: Pick<App, 'address' | 'port' | 'internalAddress' | 'server' | 'demoLinks' | 'isEmpty' | 'over' | 'leave'>,
    closer: Closer,
  ) {
    this.address = parts.address;
    this.port = parts.port;
    this.internalAddress = parts.internalAddress;
    this.server = parts.server;
    this.demoLinks = parts.demoLinks;
    this.isEmpty = parts.isEmpty;
    this.over = parts.over;
    this.leave = parts.leave;
    this.#closer = closer;
  }

  static async create(config: Config, logger: Logger): Promise<App> {
    const closer = new Closer((step, err) => logger.error({ step, err }, 'closing failed'));
    try {
      const base = { config, logger, metrics: new Metrics(config.NODE_ID), health: new Health(), closer };
      return new App(await compose(base), closer);
    } catch (error) {
      await closer.close();
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#closer.close();
  }
}

async function compose(base: Base) {
  const { config, closer, health, logger } = base;
  requireDemoPossible(base);
  const stores = await composeStores(base);
  const clock = await composeClock(base, stores);
  const recordRoom = composeRecordRoom(base, stores);
  const installation = new PgInstallation(stores.postgres);
  const demo = await decideDemo(base, installation);
  const roles = composeDemoRoles(demo, base);
  const watch = await composeRefusals(base);
  const organisation = await composeOrganisation(base, { ...stores, ...watch, demo: demo !== 'none' });
  const limits = composeQuotas();
  const caps = { ...composeCaps(config), quotas: limits.quotas };
  const rooms = composeRooms(base, stores);
  const media = await composeMedia(base, caps, { ...rooms, requests: stores.requests });
  const onward = new OnwardClock(stores.clock);
  const stageFrames = new StageFrames((id) => programme.live.get(id)?.content?.kind === 'figures');
  const ground = {
    ...{ ...stores, ...watch, ...organisation, ...media, caps, onward, arrived: new Arrivals(onward) },
    ...{ stageFrames, seen: stageFrames.seen, steady: clock.steady },
  };

  const past = composeNodeHistory(base, ground);
  const nodes = composeNodes(base, { ...ground, ...past });
  composeMetrics(base, { ...ground, nodes });
  const presence = composePresence({ ...ground, store: new PgPresence(stores.postgres) });
  const chosen = composeSelectionBook(ground);
  // Going live is an act on the briefing and on its floor, so these two need each other.
  const floor = composeFloor(base, {
    ...{ ...ground, ...presence, ...chosen, store: new PgFloor(stores.postgres, stageFrames.seen) },
    briefings: () => briefing.briefings,
  });
  const briefing: Awaited<ReturnType<typeof composeBriefing>> = await composeBriefing(base, {
    ...{ ...ground, ...floor, nodes },
  });
  nodes.watchMedia(composeStageMedia(base, { ...ground, floors: floor.live }));
  const carrier = composeCarrier(base, { ...ground, ...presence, ...briefing });
  const programme = composeProgramme(base, { ...ground, floors: floor.live, air: floor.air });
  const attendance = composeAttendance(base, { ...ground, ...presence, ...briefing });
  const figure = composeFigure(base, ground);
  const rollcall = composeRollcall(base, {
    ...{ ...ground, ...briefing, ...figure, ...chosen, stores: rollcallStores(stores.postgres, stageFrames.seen) },
  });
  const directive = composeDirective(base, {
    ...{ ...ground, ...presence, ...briefing, ...chosen, stores: directiveStores(stores.postgres, stageFrames.seen) },
  });
  const backup = await composeBackup(base, stores);
  const question = composeQuestion(base, { ...ground, ...briefing });
  // In this order a device hears its first notices.
  const slices = [
    limits.part,
    clock.part,
    recordRoom.part,
    organisation.part,
    roles.part,
    briefing.part,
    carrier.part,
    floor.part,
    programme.part,
    presence.part,
    rollcall.part,
    directive.part,
    question.part,
    composeSlides(base, {
      ...{ ...ground, ...briefing, ...programme },
      ...{ floors: floor.live, programmes: programme.live },
    }).part,
    composeHands({ ...ground, ...presence, floors: floor.live }),
    composeStageLooks({ ...ground, ...presence, ...briefing, floors: floor.live }),
    composeScreen(base, ground).part,
    attendance.part,
    composeInvitation(base, { ...ground, ...briefing }).part,
    composeReadiness({ ...ground, ...briefing }).part,
    composeReport(base, { ...ground, ...briefing, ...attendance, ...question }).part,
    composeMinutes(base, { ...ground, ...briefing, ...attendance, ...question }).part,
    composeJoining(base, ground).part,
    composeApiKeys(base, ground),
    composeResubmission(base, { ...ground, ...rollcall, ...directive }).part,
    composeContradiction(base, ground).part,
    composeCascade(base, ground),
    composeIsolation(base, ground),
    figure.part,
    await composeFigurePull(base, { ...ground, ...figure }),
    composeFigureDesk(base, { ...ground, ...figure }),
    composeFigureStage(base, { ...ground, ...briefing, ...figure, ...programme, programmes: programme.live }),
    composeFigureSelection({ ...ground, ...briefing, ...directive, ...chosen, live: figure.figures }).part,
    composeAsked(base, { ...ground, rounds: rollcall.live, figures: { live: figure.figures, intake: figure.intake } }),
    composeHook(base, { ...ground, ...figure }),
    nodes.part,
    past.part,
    backup.part,
    composeNodeDesk(base, { ...{ ...ground, ...briefing, ...carrier }, ...{ history: past.history, nodes } }).part,
  ] as const;

  // From here on nobody names a slice.
  const parts: readonly Part[] = slices;
  const { notices, nodeTopics, nodeAnswers, routes, jobs, sweeps } = gather(parts);
  for (const { name, close = () => undefined } of parts) closer.defer(name, close);
  for (const part of parts) await part.start?.();
  stores.bus.join([...rooms.nodeTopics, ...media.nodeTopics, ...nodeTopics]);
  stores.requests.join([...media.livekit.nodeAnswers, ...nodeAnswers]);
  // Nobody is at this node yet, so nothing that others were told without it was wrong.
  await stores.membership?.join();
  const servers = await composeHttp(base, routes, { ...ground, ...recordRoom });
  const channel = composeChannel(base, servers.web, {
    ...ground,
    ...briefing,
    ...rooms,
    notices,
    acts: actsOf(slices),
  });
  nodes.serve(channel);
  stores.jobs.start(jobs);
  closer.own('jobs', stores.jobs);
  for (const sweep of sweeps) startSweep(base, sweep);
  const catchUps = sweeps.filter(({ everyMs, catchesUp }) => catchesUp || everyMs === CATCH_UP_EVERY_MS);
  stores.fence?.guard({
    cut: () => channel.cut(),
    catchUp: async () => {
      // The clock that it counts by stands still while the machine is suspended.
      await clock.steady.look();
      for (const { run } of catchUps) await run();
    },
  });
  const demoLinks = await composeDemo(demo, base, { ...ground, ...briefing, ...config });
  roles.offer(demoLinks, ground);
  const conditions = await composeConditions(base, {
    ...stores,
    conditions: [
      ...media.conditions,
      ...servers.conditions,
      ...clock.conditions,
      ...backup.conditions,
      ...recordRoom.conditions,
    ],
  });
  clock.steady.on('stepped', () => void conditions.look());
  recordRoom.recordRoom.on('changed', () => void conditions.look());
  const { port, internalPort } = await openPorts(base, servers, ground);

  // At the end clients are told to connect anew while their sockets are still there.
  closer.own('rooms', media.rooms);
  for (const { name, drain = () => undefined } of parts) closer.defer(name, drain);
  closer.own('bus', stores.bus);
  closer.own('membership', { close: () => stores.membership?.close() });
  closer.own('order channel', channel);
  closer.defer('readiness', () => health.drain());
  const address = `${config.tls ? 'https' : 'http'}://${config.HOST}:${port}`;
  const internalAddress = `${config.apiTls ? 'https' : 'http'}://${config.API_HOST}:${internalPort}`;
  logger.info({ address, internalAddress, node: config.NODE_ID }, 'listening');
  return {
    address,
    port,
    internalAddress,
    server: servers.web,
    demoLinks,
    isEmpty: !(await installation.hasAccounts()),
    over: stores.over,
    leave: nodes.leave,
  };
}

function startSweep({ closer, logger }: Base, { name, everyMs, run }: Sweep): void {
  const failed = (err: unknown) => logger.warn({ err, sweep: name }, 'a sweep failed; the next one tries again');
  closer.own(`sweep of ${name}`, every(everyMs, run, failed));
}
