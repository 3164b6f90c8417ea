import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Sender } from '../../src/cluster/bus/envelope.ts';
import type { Inbox, Topic, TopicDefinition } from '../../src/cluster/bus/nodeTopic.ts';

type Hear = (body: unknown, from: Sender) => void | Promise<void>;

/** One node's end of a bus within this process. */
export interface MemoryNode {
  readonly self: Sender;
  topic<M>(definition: TopicDefinition<z.ZodType<M>>): Topic<M>;
  inbox<M>(definition: TopicDefinition<z.ZodType<M>>): Inbox<M>;
  /** All others that are not cut off: who lives. */
  others(): Promise<readonly Sender[]>;
}

/** A bus without Redis. What is said passes through JSON and its schema, as it would there, and comes a turn later. */
export class MemoryBus {
  readonly #nodes = new Map<MemoryNode, Map<string, Hear[]>>();
  readonly #away = new Set<string>();
  /** All that was said, by topic. */
  readonly said = new Map<string, unknown[]>();

  node(name: string): MemoryNode {
    const self = { node: name, boot: randomUUID() };
    const heard = new Map<string, Hear[]>();
    const node: MemoryNode = {
      self,
      topic: (definition) => this.#topic(node, heard, definition),
      inbox: (definition) => {
        const at = (boot: string) => this.#topic(node, heard, { ...definition, name: `${definition.name}@${boot}` });
        return { send: ({ boot }, message) => at(boot).publish(message), receive: at(self.boot).subscribe };
      },
      others: async () =>
        this.#away.has(self.boot)
          ? []
          : [...this.#nodes.keys()].map((other) => other.self).filter((s) => s !== self && !this.#away.has(s.boot)),
    };
    this.#nodes.set(node, heard);
    return node;
  }

  /** From now on it is dead to the others; or back. */
  setAway({ self: { boot } }: MemoryNode, away: boolean): void {
    if (away) this.#away.add(boot);
    else this.#away.delete(boot);
  }

  #topic<M>(node: MemoryNode, heard: Map<string, Hear[]>, { name, schema }: TopicDefinition<z.ZodType<M>>): Topic<M> {
    return {
      publish: (message) => {
        this.said.set(name, [...(this.said.get(name) ?? []), message]);
        const text = JSON.stringify(message);
        setImmediate(() => {
          if (this.#away.has(node.self.boot)) return;
          for (const [other, hear] of this.#nodes)
            if (other !== node && !this.#away.has(other.self.boot))
              for (const each of hear.get(name) ?? []) void each(JSON.parse(text), node.self);
        });
      },
      subscribe: (hear) => {
        const all = heard.get(name) ?? [];
        all.push((body, from) => hear(schema.parse(body), from));
        heard.set(name, all);
      },
    };
  }
}
