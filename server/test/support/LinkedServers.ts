import type { Bus } from '../../src/cluster/bus/Bus.ts';
import { JoinNumbers } from '../../src/cluster/membership/JoinNumbers.ts';
import { Requests } from '../../src/cluster/requests/Requests.ts';
import { linesTopic } from '../../src/cluster/topics/lines.ts';
import { roomsTopic } from '../../src/cluster/topics/rooms.ts';
import { NodeRooms } from '../../src/hall/index.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createLogger } from '../../src/observability/logger.ts';
import { LinkedSfus } from './LinkedSfus.ts';
import { MemoryBus, type MemoryNode } from './MemoryBus.ts';
import { OwnServer, type OwnServerOptions } from './OwnServer.ts';

export interface LinkedServer {
  readonly server: OwnServer;
  readonly bus: MemoryNode;
}

/** Servers of one cluster, on a bus within this process; media goes by real pipes. */
export class LinkedServers {
  readonly bus = new MemoryBus();
  readonly sfus = new LinkedSfus();
  readonly all: LinkedServer[] = [];

  static async start(count: number, options: OwnServerOptions = {}): Promise<LinkedServers> {
    const linked = new LinkedServers();
    for (let i = 0; i < count; i++) await linked.add(options);
    return linked;
  }

  async add(options: OwnServerOptions = {}): Promise<LinkedServer> {
    const bus = this.bus.node(`node ${this.all.length + 1}`);
    const joins = new JoinNumbers(systemClock);
    const nodes = new NodeRooms({ self: bus.self, joins, others: bus, newMs: 0 });
    const requests = new Requests({ bus: bus as unknown as Bus, nodes: bus, logger: createLogger('silent') });
    const server = await OwnServer.start({ ...options, workers: options.workers ?? 1, nodes, requests });
    requests.join(server.edge.nodeAnswers);
    this.sfus.add(server.sfu, bus.self.node, { boot: bus.self.boot });
    const topic = bus.topic(roomsTopic);
    topic.subscribe((message, from) => nodes.hear(message, from));
    nodes.start((message) => topic.publish(message));
    const lines = bus.topic(linesTopic);
    lines.subscribe((message) => server.rooms.lines.hear(message));
    server.rooms.lines.start((message) => lines.publish(message));
    for (const { join } of server.edge.nodeTopics) join((definition) => bus.topic(definition));
    const linked = { server, bus };
    this.all.push(linked);
    return linked;
  }

  at(index: number): OwnServer {
    const found = this.all[index];
    if (!found) throw new Error(`there is no server ${index}`);
    return found.server;
  }

  /** From now on a node is dead to the others, or back; media goes on where it flows. */
  setAway(index: number, away: boolean): void {
    const linked = this.all[index];
    if (!linked) return;
    this.bus.setAway(linked.bus, away);
    this.sfus.setAway(linked.bus.self, away);
  }

  /** Dead to the others at once; what it still says to its clients nobody else hears. */
  async kill(index: number): Promise<void> {
    this.setAway(index, true);
    const [dead] = this.all.splice(index, 1);
    await dead?.server.close();
  }

  async close(): Promise<void> {
    for (const { server } of this.all) await server.close();
  }
}
