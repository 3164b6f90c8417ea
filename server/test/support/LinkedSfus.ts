import { randomUUID } from 'node:crypto';
import type { LinkedNode, PipeLink } from '../../src/media/cascade/PipeLink.ts';
import type { Sfu } from '../../src/media/sfu/index.ts';
import type { PipeTap } from './PipeTap.ts';

/** SFUs that ask each other without a bus. What is said passes through JSON, as it would there. */
export class LinkedSfus {
  readonly #nodes = new Map<string, { readonly self: LinkedNode; readonly sfu: Sfu; readonly away: Set<string> }>();
  /** How often a track was pulled, by whom. */
  readonly pulls: { readonly by: string; readonly from: string; readonly sid: string }[] = [];
  /** What was told of pipes, each time: whether nothing gets back to the node that sends. */
  readonly unanswered: boolean[] = [];
  /** Who sits between the ends of the next pipes, … */
  tap: Pick<PipeTap, 'receiver' | 'sender'> | undefined;
  /** … of all nodes, or of those that come from this one. */
  tapped: string | undefined;

  add(sfu: Sfu, node: string, more: Partial<LinkedNode> = {}): LinkedNode {
    const self = { node, boot: randomUUID(), ...more };
    this.#nodes.set(self.boot, { self, sfu, away: new Set() });
    sfu.pipes.join(this.#linkOf(self));
    return self;
  }

  /** It is no longer among the living. */
  remove({ boot }: LinkedNode): void {
    this.#nodes.delete(boot);
  }

  /** From now on (or no longer) nobody hears this node, and it hears nobody, by the bus; media goes on. */
  setAway({ boot }: LinkedNode, away: boolean): void {
    for (const node of this.#nodes.values()) {
      if (away) node.away.add(boot);
      else node.away.delete(boot);
      const own = this.#nodes.get(boot)?.away;
      if (away) own?.add(node.self.boot);
      else own?.delete(node.self.boot);
    }
  }

  #linkOf(self: LinkedNode): PipeLink {
    const others = () => [...this.#nodes.values()].map((node) => node.self).filter(({ boot }) => boot !== self.boot);
    const answers = (to: { readonly node: string; readonly boot: string }) => {
      const node = this.#nodes.get(to.boot);
      if (!node || node.away.has(self.boot)) throw new Error(`no answer from ${to.node}`);
      return node.sfu.pipes;
    };
    return {
      self,
      nodes: async () => others(),
      known: others,
      pull: async (from, ask) => {
        this.pulls.push({ by: self.node, from: from.node, sid: ask.sid });
        const tap = this.tapped === undefined || this.tapped === from.node ? this.tap : undefined;
        const pulled = said(await answers(from).pull(self, said({ ...ask, end: tap?.receiver(ask.end) ?? ask.end })));
        return pulled && { ...pulled, end: tap?.sender(pulled.end) ?? pulled.end };
      },
      renew: async (from, wishes) => said(await answers(from).renew(self, said(wishes))),
      drop: async (from, pipes) => answers(from).drop(self, said(pipes)),
      tell: async (to, state) => {
        this.unanswered.push(state.unanswered === true);
        answers(to).told(self, said(state));
      },
    };
  }
}

const said = <T>(value: T): T => (value === undefined ? value : JSON.parse(JSON.stringify(value)));
