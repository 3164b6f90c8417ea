import { totalmem } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import packageJson from '../../../package.json' with { type: 'json' };
import type { Bus } from '../cluster/bus/Bus.ts';
import type { NodeAbout } from '../cluster/membership/about.ts';
import { Drain } from '../cluster/membership/Drain.ts';
import type { Membership } from '../cluster/membership/Membership.ts';
import { nodeAnswer } from '../cluster/requests/nodeRequest.ts';
import { arrivedTopic, drainRequest } from '../cluster/topics/nodes.ts';
import type { PlacedDevice } from '../domain/briefing/Briefings.ts';
import type { RegisteredNode } from '../domain/nodes/capacity/fitNodes.ts';
import { drainPace } from '../domain/nodes/drainPace.ts';
import type { NodeHistory } from '../domain/nodes/NodeHistory.ts';
import { Placement } from '../domain/nodes/Placement.ts';
import type { PlaceableNode, ViewerNeed } from '../domain/nodes/place.ts';
import { isOfficial, isScreen } from '../domain/shared/whoSeesWhom.ts';
import type { Channel } from '../edge/socket/channel/Channel.ts';
import type { Rooms } from '../hall/index.ts';
import type { Clock } from '../lib/clock.ts';
import type { Sfu } from '../media/sfu/index.ts';
import { LoadMeter } from '../observability/LoadMeter.ts';
import type { JoinAnswer } from '../protocol/briefing.ts';
import type { Base } from './Base.ts';
import type { Part } from './Part.ts';

/** Long enough to be no guess, short enough that a wave of joins is seen before the next. */
const LOOK_EVERY_MS = 2_000;

const ARRIVALS_MS = 1_000;
/** Of a packet of video, with its headers; and of sound, a second. */
const PACKET_BITS = 8 * 1_100;
const SOUND_PACKETS = 50;

interface Needs {
  readonly bus: Pick<Bus, 'self'>;
  readonly membership: Membership | undefined;
  readonly forClients: Pick<JoinAnswer, 'camera'>;
  readonly clock: Clock;
  readonly sfu: Sfu;
  readonly rooms: Rooms;
  readonly history: NodeHistory;
}

/** This node among the others: what it says of itself, and how it is emptied. */
export function composeNodes({ config, health, logger }: Base, needs: Needs) {
  const { bus, membership, clock, sfu, rooms, forClients, history } = needs;
  const meter = new LoadMeter(async () => (await sfu.usage()).reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0));
  const since = clock.now().getTime();
  let channel: Channel | undefined;
  let lacksMedia = (): boolean => false;
  const here = () => rooms.list().reduce((sum, room) => sum + [...room.participants].length, 0);
  const said = () => ({
    version: packageJson.version,
    since,
    ...(config.NODE_URL && { url: config.NODE_URL }),
    region: config.REGION,
    cores: config.MEDIA_WORKERS,
    ...(config.NODE_MBIT && { mbit: config.NODE_MBIT }),
    joins: config.JOINS_PER_SECOND,
    memoryMb: totalmem() / 2 ** 20,
    pipePorts: config.PIPE_PORTS[1] - config.PIPE_PORTS[0] + 1,
    load: { ...meter.work, viewers: here(), devices: channel?.devices ?? 0 },
    draining: drain.isOn,
    drained: drain.isOver,
    ...(lacksMedia() && { lacksMedia: true }),
  });
  const about = (): NodeAbout => ({ ...said(), expects: Object.fromEntries(placement.reservations.expected()) });
  const drain: Drain = new Drain({
    tell: async (draining) => {
      health.drain(draining);
      logger.info(draining ? 'this node drains' : 'this node takes viewers again');
      await membership?.announce();
    },
    shut: (shut) => {
      rooms.shut(shut);
      channel?.shut(shut);
    },
    showOut: async (signal) => {
      const perSecond = () => drainPace(others(), config.REGION, config.DRAIN_PER_SECOND);
      await Promise.all([rooms.drain(perSecond, signal), channel?.drain(perSecond, signal)]);
      if (signal.aborted) return;
      logger.info('nobody is at this node any more');
      history.note({ kind: 'emptied' });
    },
    failed: (err) => logger.error({ err }, 'draining failed'),
  });
  membership?.describe(about);

  const others = (): readonly PlaceableNode[] =>
    (membership?.nodes ?? []).flatMap(({ boot, about: its }) => (its ? { boot, ...its } : []));
  const placement = new Placement({
    nodes: () => [{ boot: bus.self.boot, ...said() }, ...others()],
    expectedByOthers: (boot) =>
      (membership?.nodes ?? []).reduce((sum, { about: its }) => sum + (its?.expects[boot] ?? 0), 0),
    need: needOf(forClients.camera),
    region: config.REGION,
  });
  const arrived: string[] = [];
  rooms.on('active', ({ room, identity }) => {
    const viewer = viewerOf({ room: room.name, identity });
    placement.reservations.came(viewer, bus.self.boot);
    if (membership?.hasOthers) arrived.push(viewer);
  });
  let tellArrived: (viewers: readonly string[]) => void = () => undefined;
  const placeOf = ({ room, identity, account, not }: PlacedDevice): string => {
    const alone = !membership?.hasOthers;
    const own = config.NODE_URL ?? config.publicUrl;
    // Whoever is alone takes everybody, as long as it takes anybody.
    if (alone) rooms.demandOpen(room);
    const atOnce = isOfficial(account.role) || isScreen(account.role);
    const asked = { atOnce, of: account.id, not: not.map((address) => address.replace(/^ws/, 'http')) };
    const { url } = alone ? { url: own } : placement.send(viewerOf({ room, identity }), asked);
    return (url ?? config.publicUrl).replace(/^http/, 'ws');
  };

  /** PL3: does not wait until it is done. */
  const setDraining = async (draining: boolean, by: string): Promise<void> => {
    logger.info({ draining, by }, 'asked to drain, or to stop draining');
    if (draining !== drain.isOn) history.note({ kind: draining ? 'drains' : 'serves', detail: by });
    if (!draining) return drain.stop();
    void drain.start();
    // Whoever asked may look at the list next.
    await membership?.announce();
  };
  const part = {
    name: 'nodes',
    nodeAnswers: [
      nodeAnswer(drainRequest, async ({ draining, by }) => {
        await setDraining(draining, by);
        return { draining: drain.isOn };
      }),
    ],
    nodeTopics: [
      {
        name: arrivedTopic.name,
        join: (topicOf) => {
          const topic = topicOf<readonly string[]>(arrivedTopic);
          topic.subscribe((viewers, { boot }) => {
            for (const viewer of viewers) placement.reservations.came(viewer, boot);
          });
          tellArrived = (viewers) => topic.publish(viewers);
        },
      },
    ],
    sweeps: [
      { name: 'load', everyMs: LOOK_EVERY_MS, run: () => meter.look() },
      {
        name: 'arrived viewers',
        everyMs: ARRIVALS_MS,
        run: () => {
          if (arrived.length > 0) tellArrived(arrived.splice(0));
        },
      },
    ],
  } satisfies Part;
  return {
    part,
    placeOf,
    /** PL16: nodes that let viewers in, this one too. */
    openNodes: () => [said(), ...others()].filter(({ draining }) => !draining).length,
    said,
    /** PL29: this node and the others; undefined: which others there are is not known now. */
    registered: (): readonly RegisteredNode[] | undefined => {
      if (membership && membership.known === undefined) return undefined;
      const its = (membership?.nodes ?? []).flatMap(({ node, about }) => (about ? [{ node, ...about }] : []));
      return [{ node: bus.self.node, ...said() }, ...its];
    },
    placement,
    setDraining,
    /** From now on it is known whether media of the stage reaches this node. @param lacks PL26 */
    watchMedia: (lacks: () => boolean) => {
      lacksMedia = lacks;
    },
    /** From now on there are devices to be sent away. */
    serve: (its: Channel) => {
      channel = its;
    },
    /** PL4: before an orderly end, if there is anybody who can take over. */
    leave: async () => {
      const others = membership?.nodes.some((node) => !node.about?.draining) ?? false;
      if (!others || config.DRAIN_SECONDS === 0) return;
      if (!drain.isOn) history.note({ kind: 'drains' });
      const late = new AbortController();
      await Promise.race([
        drain.start().finally(() => late.abort()),
        sleep(config.DRAIN_SECONDS * 1_000, undefined, { signal: late.signal }).catch(() => undefined),
      ]);
    },
  };
}

const viewerOf = ({ room, identity }: Pick<PlacedDevice, 'room' | 'identity'>): string => `${room} ${identity}`;

/** PL8: of one picture in its highest layer, with sound. */
function needOf(camera: JoinAnswer['camera']): ViewerNeed {
  const bits = Math.max(...camera.map(({ bitrate }) => bitrate));
  const packets = bits / PACKET_BITS + SOUND_PACKETS;
  return { packets, mbit: (packets * PACKET_BITS) / 1_000_000 };
}
