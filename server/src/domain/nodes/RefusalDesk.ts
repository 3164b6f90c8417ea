import type { RefusalsPage, RefusedTry } from '../../protocol/nodes.ts';
import type { Actor } from '../shared/actor.ts';
import { demandOfAll } from './demandOfAll.ts';
import type { NodeRun } from './ports.ts';

/** Rows of the page. */
const MOST_SHOWN = 500;

export interface RefusalDeskParts {
  /** This one and the others. */
  readonly nodes: () => readonly NodeRun[];
  /** Asks a node. @throws DomainError when it does not answer in time */
  readonly refused: (node: NodeRun) => Promise<readonly RefusedTry[]>;
}

/** HT17: who was refused what, at all nodes, for an operator of the whole tree. */
export class RefusalDesk {
  readonly #parts: RefusalDeskParts;

  constructor(parts: RefusalDeskParts) {
    this.#parts = parts;
  }

  /** @throws DomainError `forbidden`, `outside-territory` */
  async page(account: Actor): Promise<RefusalsPage> {
    demandOfAll(account, 'node.read');
    const asked = this.#parts.nodes().map(async (node) => {
      const tries = await this.#parts.refused(node).catch(() => undefined);
      return { node: node.node, tries };
    });
    const answers = await Promise.all(asked);
    const tries = answers.flatMap(({ node, tries: told = [] }) => told.map((one) => ({ ...one, node })));
    return {
      tries: tries.toSorted((a, b) => b.last.localeCompare(a.last)).slice(0, MOST_SHOWN),
      silent: answers.flatMap(({ node, tries: told }) => (told ? [] : node)),
    };
  }
}
