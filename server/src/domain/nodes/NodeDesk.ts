import { refuse } from '../../protocol/errors.ts';
import type { ClusterNode, NodeEvent, NodePipe, NodesPage } from '../../protocol/nodes.ts';
import { type Account, codeOf } from '../../protocol/organisation.ts';
import type { Actor } from '../shared/actor.ts';
import { demandOfAll } from './demandOfAll.ts';
import { roomFor, usesOf, type ViewerNeed } from './place.ts';
import type { KnownNode, NodeReport, NodeRun, NodeSays } from './ports.ts';

export interface NodeDeskParts {
  readonly self: NodeRun;
  /** This node may have others. */
  readonly cluster: boolean;
  /** This one and the others, as they were within the last second. */
  readonly nodes: () => readonly KnownNode[];
  /** Whether the others are known. */
  readonly known: () => boolean;
  /** Viewers on their way to a boot, by all nodes. */
  readonly expected: (boot: string) => number;
  readonly need: ViewerNeed;
  /** Asks a node. @throws DomainError when it does not answer in time */
  readonly report: (node: NodeRun) => Promise<NodeReport>;
  readonly setDraining: (node: NodeRun, draining: boolean, by: string) => Promise<void>;
  readonly carried: () => NodesPage['carried'];
  readonly nameOf: (unit: string) => string | undefined;
  readonly events: () => Promise<readonly NodeEvent[]>;
}

/** PL12, PL13: the nodes as an operator of the whole tree sees them, and what they do with them. */
export class NodeDesk {
  readonly #parts: NodeDeskParts;

  constructor(parts: NodeDeskParts) {
    this.#parts = parts;
  }

  /** @throws DomainError `forbidden`, `outside-territory`, `store-unavailable` */
  async page(account: Actor): Promise<NodesPage> {
    demandOfAll(account, 'node.read');
    const { nodes, report, cluster, known, carried, events } = this.#parts;
    const found = nodes().toSorted((a, b) => a.node.localeCompare(b.node) || a.boot.localeCompare(b.boot));
    // One that is silent is shown as such, and keeps nobody from seeing the others.
    const asked = Promise.all(
      found.map(async (node) => [node.boot, await report(node).catch(() => undefined)] as const),
    );
    const [answers, happened] = await Promise.all([asked, events()]);
    const reports = new Map(answers.flatMap(([boot, answer]) => (answer ? [[boot, answer] as const] : [])));
    return {
      cluster,
      known: known(),
      nodes: found.map((node) => this.#shown(node, reports.get(node.boot))),
      pipes: [...reports].flatMap(([to, { pipes }]) => pipes.map((pipe): NodePipe => ({ ...pipe, to }))),
      carried: carried(),
      viewers: this.#viewers(reports),
      events: [...happened],
    };
  }

  /**
   * PL13: empties a node, or calls it off. @throws DomainError `forbidden`, `outside-territory`, `not-found` when it is gone,
   * `conflict` when no other takes viewers, `store-unavailable` when it does not answer
   */
  async setDraining(account: Account, boot: string, draining: boolean): Promise<void> {
    demandOfAll(account, 'node.drain');
    const nodes = this.#parts.nodes();
    const node = nodes.find((one) => one.boot === boot);
    if (!node) throw refuse('not-found', 'this node is gone, or it has started anew');
    const isOther = ({ boot: other, about }: KnownNode) => other !== boot && about !== undefined && !about.draining;
    if (draining && !nodes.some(isOther))
      throw refuse('conflict', 'no other node takes viewers, so nobody could be sent away from this one');
    await this.#parts.setDraining(node, draining, account.name);
  }

  #shown({ node, boot, about }: KnownNode, report: NodeReport | undefined): ClusterNode {
    return {
      boot,
      name: node,
      here: boot === this.#parts.self.boot,
      about: about ? this.#about(boot, about) : null,
      reached: report ? { address: report.address, pipes: report.pipeAddress } : null,
    };
  }

  #about(boot: string, about: NodeSays): ClusterNode['about'] {
    const { version, since, region, load, draining, drained, lacksMedia = false } = about;
    const expected = this.#parts.expected(boot);
    const node = { boot, ...about };
    return {
      state: drained ? 'empty' : draining ? 'drains' : 'serves',
      ...{ version, region, viewers: load.viewers, devices: load.devices, expected },
      since: new Date(since).toISOString(),
      uses: [...usesOf(node)],
      room: roomFor(node, expected, this.#parts.need),
      lacksMedia,
    };
  }

  #viewers(reports: ReadonlyMap<string, NodeReport>): NodesPage['viewers'] {
    const paths = new Map<string, Record<string, number>>();
    for (const [boot, { viewers }] of reports)
      for (const [path, count] of viewers) paths.set(path, { ...paths.get(path), [boot]: count });
    return [...paths].map(([path, counts]) => {
      const unit = path === '' ? null : codeOf(path);
      return { unit, name: unit === null ? null : (this.#parts.nameOf(unit) ?? unit), at: counts };
    });
  }
}
